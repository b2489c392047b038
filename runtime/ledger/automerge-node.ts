/**
 * Loads Automerge's WebAssembly module on Node. Import it for its effect, once, from a program's
 * entry file; in a browser, call `initializeWasm` of `@automerge/automerge/slim` there instead. The
 * library itself imports the slim build, which leaves to the program how the module is loaded.
 */

import "@automerge/automerge";
