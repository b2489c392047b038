/**
 * Double buffering: a kernel transforms a stream through two buffers. While the sink drains one, the
 * source fills the other (Mostrous, Yoshida, Honda: "Global Principal Typing in Partially
 * Commutative Asynchronous Sessions", 2009; Castro-Perez, Yoshida: "CAMP", 2020).
 */
import { choreography, epochs, one, type } from "../../dsl/index.ts";
import { AbortStream, EndStream, FillBuffer, KeepStreaming, WantBuffer } from "./events.ts";
import { drainA, drainB, wantSource } from "./kernel.ts";
import { output, wantKernel } from "./sink.ts";
import { decide, fillA, fillB, finish, more } from "./source.ts";
import type { Stream } from "./source.ts";

export const doubleBuffering = choreography("double-buffering", {
  roles: { source: one, kernel: one, sink: one },
  session: `
    rec Stream {
        ReadyA{kernel → source}(WantBuffer) . FillA{source → kernel}(FillBuffer) . (
            WantA{sink → kernel}(WantBuffer) . DrainA{kernel → sink}(FillBuffer)
            || ReadyB{kernel → source}(WantBuffer) . FillB{source → kernel}(FillBuffer)
          ) . WantB{sink → kernel}(WantBuffer) . DrainB{kernel → sink}(FillBuffer)
          . Output{sink} . {
            More{source}(KeepStreaming) . Stream
            | Finish{source}(EndStream)
          }
      }`,
  params: type<object>(),
  device: type<Stream>(),
  abort: AbortStream,
})
  .rec("Stream", { atMost: 1000 }, (stream) =>
    stream
      .send("ReadyA", {
        by: "kernel",
        to: "source",
        event: WantBuffer,
        payload: wantSource,
        within: epochs(5),
      })
      .send("FillA", {
        by: "source",
        to: "kernel",
        event: FillBuffer,
        payload: fillA,
        within: epochs(5),
      })
      .parallel("WantA || ReadyB", {
        WantA: (a) =>
          a
            .send("WantA", {
              by: "sink",
              to: "kernel",
              event: WantBuffer,
              payload: wantKernel,
              within: epochs(5),
            })
            .send("DrainA", {
              by: "kernel",
              to: "sink",
              event: FillBuffer,
              payload: drainA,
              within: epochs(5),
            }),
        ReadyB: (b) =>
          b
            .send("ReadyB", {
              by: "kernel",
              to: "source",
              event: WantBuffer,
              payload: wantSource,
              within: epochs(5),
            })
            .send("FillB", {
              by: "source",
              to: "kernel",
              event: FillBuffer,
              payload: fillB,
              within: epochs(5),
            }),
      })
      .send("WantB", {
        by: "sink",
        to: "kernel",
        event: WantBuffer,
        payload: wantKernel,
        within: epochs(5),
      })
      .send("DrainB", {
        by: "kernel",
        to: "sink",
        event: FillBuffer,
        payload: drainB,
        within: epochs(5),
      })
      .local("Output", { at: "sink", action: output })
      .choice("More | Finish", {
        by: "source",
        decide,
        branches: {
          More: (b) =>
            b
              .broadcast("More", {
                by: "source",
                event: KeepStreaming,
                payload: more,
                within: epochs(5),
              })
              .again("Stream"),
          Finish: (b) =>
            b.broadcast("Finish", {
              by: "source",
              event: EndStream,
              payload: finish,
              within: epochs(5),
            }),
        },
      }),
  )
  .returns("nothing");
