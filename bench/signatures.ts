/** The ledger's signatures: native against portable. */
import { nativeSignatures, portableSignatures } from "../runtime/crypto/signature.ts";
import { medianMs, row } from "./timing.ts";

/** Prints a row for each way to sign and to verify one event of 300 bytes. */
export async function benchSignatures(print: (line: string) => void): Promise<void> {
  const message = new Uint8Array(300).fill(7);
  const { publicKey, secretKey } = portableSignatures.keyPair(new Uint8Array(32).fill(1));
  const signature = portableSignatures.sign(secretKey, message);
  const native = nativeSignatures();
  const portableVerify = await medianMs(50, () =>
    portableSignatures.verify(publicKey, message, signature),
  );
  const portableSign = await medianMs(50, () => portableSignatures.sign(secretKey, message));
  print(row("verify, portable", portableVerify, portableVerify));
  if (native !== undefined) {
    const verify = await medianMs(200, () => native.verify(publicKey, message, signature));
    print(row("verify, native", verify, portableVerify));
  }
  print(row("sign, portable", portableSign, portableSign));
  if (native !== undefined) {
    const sign = await medianMs(200, () => native.sign(secretKey, message));
    print(row("sign, native", sign, portableSign));
  }
}
