/** What the buyers and the seller say. */
import * as v from "valibot";
import { event } from "../../dsl/index.ts";
import { abortPayload, nothing } from "../payload.ts";

const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const AskTitle = event("AskTitle", v.strictObject({ title: v.string() }), "device");

export const QuotePrice = event("QuotePrice", v.strictObject({ price: amount }), "device");

/** What is left for the second buyer to pay. */
export const ProposeShare = event("ProposeShare", v.strictObject({ share: amount }), "device");

export const AcceptShare = event("AcceptShare", nothing, "device");

export const RejectShare = event("RejectShare", nothing, "device");

export const GiveAddress = event("GiveAddress", v.strictObject({ address: v.string() }), "device");

export const SetDate = event("SetDate", v.strictObject({ date: v.string() }), "device");

export const AbortPurchase = event("AbortPurchase", abortPayload, "device");
