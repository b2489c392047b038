/**
 * Distributed key generation: Pedersen's scheme with proofs of knowledge (Komlo, Goldberg:
 * "FROST", 2020, figure 1) over ristretto255. Every member deals a random secret to all,
 * verifiably; the shared key is the sum, and nobody has it.
 *
 * All members are needed. A member that cheats is named, and the session starts again without it.
 *
 * Nothing is kept between rounds: each makes the member's polynomial again from the same random
 * stream, so a device that restarts goes on where it was. Pass the stream that the session's
 * entropy gives for this purpose, from its beginning each time, and never one of another session.
 */

import type { RandomBytes } from "../../dsl/context.ts";
import { ProtocolError } from "../../dsl/errors.ts";
import { equalBytes } from "../../runtime/crypto/hash.ts";
import { keyGeneration } from "../../runtime/crypto/key-generation.ts";
import type { KeyGeneration, Polynomial as Secret } from "../../runtime/crypto/key-generation.ts";
import { decodeDeal, encodeDeal, packageFault, shareFault } from "./deal.ts";
import { fromOthers, numberOf, refuseFaulty, requireSeat } from "./seat.ts";
import type { Numbered, Received, Seat } from "./seat.ts";
import type { KeyShare } from "./shared-key.ts";

export type { Received, Seat };

const { DKG, Identifier } = keyGeneration;

/** One member's share of this member's secret: to be sealed to that member. */
export interface DealtShare {
  /** Device id. */
  readonly to: string;
  /** A scalar, 32 bytes little endian. */
  readonly share: Uint8Array;
}

/**
 * The package that this member shows to all: commitments to its polynomial, and a proof that it
 * knows the secret term, without which it could choose that after seeing the others'.
 *
 * @returns 32 · threshold + 64 bytes
 * @throws ProtocolError `InvalidInput` for a seat that cannot be
 */
export function round1(seat: Seat, random: RandomBytes): Uint8Array {
  const { secret, bytes } = polynomial(seat, random);
  DKG.clean(secret);
  return bytes;
}

/**
 * The shares that this member sends, each to be sealed to its receiver.
 *
 * @param random the stream of {@link round1}, from its beginning
 * @param packages what every member showed, this one too
 * @returns one share for every other member
 * @throws ProtocolError `Rejected`, blaming every member whose package is malformed or whose proof
 * does not hold; `InvalidInput` where not every member is there once; `InvalidState` where this
 * member's own package is not what the stream gives
 */
export function round2(
  seat: Seat,
  random: RandomBytes,
  packages: readonly Received[],
): readonly DealtShare[] {
  return dealing(seat, random, packages, ({ sent }) => {
    const to = seat.members.filter((member) => member !== seat.self);
    return to.map((device) => {
      const dealt = present(sent[Identifier.fromNumber(numberOf(seat, device))]);
      return { to: device, share: dealt.signingShare };
    });
  });
}

/**
 * This member's share of the key, and the public package, which is the same at every member.
 *
 * @param random the stream of {@link round1}, from its beginning
 * @param packages those that {@link round2} was given
 * @param shares what every other member sent to this one, opened
 * @throws ProtocolError as {@link round2}; `Rejected` also blames every member whose share does
 * not lie on the polynomial that it committed to
 */
export function round3(
  seat: Seat,
  random: RandomBytes,
  packages: readonly Received[],
  shares: readonly Received[],
): KeyShare {
  return dealing(seat, random, packages, ({ secret, shown }) => {
    const me = numberOf(seat, seat.self);
    const received = fromOthers(seat, shares);
    refuseFaulty(received, ({ bytes }, i) =>
      shareFault(me, bytes, present(shown[i]).bytes, seat.threshold),
    );
    const key = DKG.round3(
      secret,
      shown.map(({ number, bytes }) => decodeDeal(number, bytes, seat.threshold)),
      received.map(({ number, bytes }) => ({
        identifier: Identifier.fromNumber(number),
        signingShare: Uint8Array.from(bytes),
      })),
    );
    return keyShare(seat, key);
  });
}

/** This member's polynomial, in the library's form. */
interface Polynomial {
  readonly secret: Secret;
  /** This member's package. */
  readonly bytes: Uint8Array;
}

/** Where a member stands after the second round. */
interface Dealing {
  readonly secret: Polynomial["secret"];
  /** The other members' packages, without fault. */
  readonly shown: readonly Numbered[];
  /** This member's shares for the others. */
  readonly sent: ReturnType<KeyGeneration["DKG"]["round2"]>;
}

function polynomial(seat: Seat, random: RandomBytes): Polynomial {
  requireSeat(seat);
  const made = DKG.round1(
    Identifier.fromNumber(numberOf(seat, seat.self)),
    { min: seat.threshold, max: seat.members.length },
    undefined,
    (length = 32) => Uint8Array.from(random(length)),
  );
  return { secret: made.secret, bytes: encodeDeal(made.public) };
}

/** Plays the first two rounds again, and erases the polynomial when `then` is done with it. */
function dealing<T>(
  seat: Seat,
  random: RandomBytes,
  packages: readonly Received[],
  then: (dealing: Dealing) => T,
): T {
  const { secret, bytes } = polynomial(seat, random);
  try {
    const shown = fromOthers(seat, packages);
    requireOwn(seat, bytes, packages);
    refuseFaulty(shown, (pack) => packageFault(pack.number, pack.bytes, seat.threshold));
    const deals = shown.map((pack) => decodeDeal(pack.number, pack.bytes, seat.threshold));
    return then({ secret, shown, sent: DKG.round2(secret, deals) });
  } finally {
    DKG.clean(secret);
  }
}

/** A stream that is not the one of the first round would deal a second polynomial. */
function requireOwn(seat: Seat, bytes: Uint8Array, packages: readonly Received[]): void {
  const own = packages.filter(({ author }) => author === seat.self);
  if (own.length === 1 && own.every((pack) => equalBytes(pack.bytes, bytes))) return;
  throw new ProtocolError({
    code: "InvalidState",
    what: "this member's own package is not the one that its random stream gives",
    todo: "pass all members' packages, and the stream of the first round from its beginning",
    where: { device: seat.self },
  });
}

function keyShare(seat: Seat, key: ReturnType<KeyGeneration["DKG"]["round3"]>): KeyShare {
  const { commitments, verifyingShares } = key.public;
  return Object.freeze({
    identifier: numberOf(seat, seat.self),
    secret: key.secret.signingShare,
    publicPackage: Object.freeze({
      threshold: seat.threshold,
      size: seat.members.length,
      groupKey: present(commitments[0]),
      verifyingShares: Object.freeze(
        seat.members.map((_, i) => present(verifyingShares[Identifier.fromNumber(i + 1)])),
      ),
      commitments: Object.freeze([...commitments]),
    }),
  });
}

/** The library answers for every member; its types do not say so. */
function present<T>(value: T | undefined): T {
  if (value !== undefined) return value;
  throw new ProtocolError({
    code: "InvalidState",
    what: "key generation has no answer for a member",
    todo: "report this as a defect",
  });
}
