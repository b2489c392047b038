/**
 * The Diffie–Hellman exchange with key confirmation (Diffie, Hellman: "New Directions in
 * Cryptography", 1976): two devices arrive at one key, and each knows that the other did.
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { aliceKey, confirm, offer, provesBob } from "./alice.ts";
import { answer, bobKey, provesAlice } from "./bob.ts";
import { AbortExchange, AnswerKey, ConfirmKey, OfferKey } from "./events.ts";

export const diffieHellman = choreography("diffie-hellman", {
  roles: { alice: one, bob: one },
  session: "Offer . BobKey . Answer . AliceKey . Confirm",
  params: type<object>(),
  abort: AbortExchange,
})
  .send("Offer", { by: "alice", to: "bob", event: OfferKey, payload: offer, within: epochs(5) })
  .local("BobKey", { at: "bob", action: bobKey })
  .send("Answer", {
    by: "bob",
    to: "alice",
    event: AnswerKey,
    payload: answer,
    accept: provesBob,
    within: epochs(5),
  })
  .local("AliceKey", { at: "alice", action: aliceKey })
  .send("Confirm", {
    by: "alice",
    to: "bob",
    event: ConfirmKey,
    payload: confirm,
    accept: provesAlice,
    within: epochs(5),
  })
  .returns("Confirm");
