/** Slots for one device of a family: their steps end in its name. */

/** A label starts with a capital, which tells `Deal.alice` from the record `completed.alice`. */
const ADDRESSED = /(?:^|\/)[A-Z][A-Za-z0-9_]*\.([a-z0-9][a-z0-9-]{0,31})$/;

/** The step under which an event for one device of a family stands on the ledger. */
export function addressedStep(label: string, device: string): string {
  return `${label}.${device}`;
}

/** The device that an event of this step is for; nothing where it is for everyone. */
export function addresseeOf(step: string): string | undefined {
  return ADDRESSED.exec(step)?.[1];
}
