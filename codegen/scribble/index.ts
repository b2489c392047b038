/** Scribble: protocols read as choreographies, and written as files for an author to fill in. */
export { readScribble } from "./read-scribble.ts";
export type { ImportedChoreography } from "./read-scribble.ts";
export { writeChoreography } from "./write-choreography.ts";
