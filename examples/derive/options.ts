/** The command line of the example. */
import { Command, InvalidArgumentError } from "commander";
import { ProtocolError } from "../../dsl/index.ts";

export interface DeriveOptions {
  readonly context: string;
  readonly application: string;
  readonly devices: number;
  readonly threshold: number;
  /** Name of the account; its devices and keys are kept under it. */
  readonly account: string;
  /** Folder that keeps the accounts. */
  readonly home: string;
}

/** Reads the command line; exits with 2 and one message where it does not fit. */
export function readOptions(args: readonly string[]): DeriveOptions {
  const command = new Command("npm start --")
    .description("Three devices make a shared key and derive from it, each on its own replica.")
    .option("--context <text>", "what the key is for", "mail@example.org")
    .option("--application <name>", "the application that it is for", "mail")
    .option("--devices <count>", "devices of the account, 2 to 16", wholeNumber, 3)
    .option(
      "--threshold <count>",
      "devices that derive together (default: a majority)",
      wholeNumber,
    )
    .option("--account <name>", "the account's name (default: its size, as in 2-of-3)")
    .option("--home <folder>", "folder that keeps the accounts, encrypted", ".aura")
    .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  const { devices, threshold, account, ...rest } = command
    .parse(args, { from: "user" })
    .opts<Omit<DeriveOptions, "threshold" | "account"> & Partial<DeriveOptions>>();
  const quorum = threshold ?? Math.floor(devices / 2) + 1;
  const name = account ?? `${quorum}-of-${devices}`;
  checkRanges(devices, quorum, name);
  return { ...rest, devices, threshold: quorum, account: name };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,4}$/.test(text)) throw new InvalidArgumentError("It is not a whole number.");
  return Number(text);
}

function checkRanges(devices: number, threshold: number, account: string): void {
  if (devices < 2 || devices > 16) {
    throw bad(`--devices is ${devices}`, "Give 2 to 16 devices");
  }
  if (threshold < 2 || threshold > devices) {
    throw bad(`--threshold is ${threshold} with ${devices} devices`, `Give 2 to ${devices}`);
  }
  if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(account)) {
    throw bad(`--account '${account}' is no name`, "Use lower case letters, digits and hyphens");
  }
}

function bad(what: string, todo: string): ProtocolError {
  return new ProtocolError({ code: "InvalidInput", what, todo });
}
