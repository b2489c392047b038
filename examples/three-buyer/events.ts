/** What three buyers and a seller say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload } from "../abort-payload.ts";

const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const AskTitle = event("AskTitle", v.strictObject({ title: v.string() }), "device");

export const QuotePrice = event("QuotePrice", v.strictObject({ price: amount }), "device");

export const ProposeShare = event("ProposeShare", v.strictObject({ share: amount }), "device");

export const AcceptShare = event("AcceptShare", v.strictObject({}), "device");

/** What is too much for the second buyer, and left for the third. */
export const DelegateRest = event("DelegateRest", v.strictObject({ share: amount }), "device");

export const GiveAddress = event("GiveAddress", v.strictObject({ address: v.string() }), "device");

export const SetDate = event("SetDate", v.strictObject({ date: v.string() }), "device");

export const AbortPurchase = event("AbortPurchase", abortPayload, "device");
