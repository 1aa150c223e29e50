/// The outbox keeps every document from the moment the DMS is told yes until the hub's answer lies in the DMS's
/// folder, through kills, power cuts and days without a line.
///
/// **In:** complete files from `dms`, documents from `door`. **Out:** one document at a time per flow, in order, to
/// a [Submitter]; then the file in `done` or `refused` with the answer beside it. **Knows:** `protocol`, `disk`,
/// `dms`, `pace`, `status`.
///
/// # What a crash leaves behind
/// Each step is durable before the next begins; a restart finds the first step that is missing and goes on there.
///
/// | step | durable | after a crash |
/// |---|---|---|
/// | 1 | the record `waiting/<flow>/<number>`, with id, envelope, digest | the file still stands in `out`: step 2 |
/// | 2 | the file moved to `outbox/<brand>/<kind>/<number>` | it is sent |
/// | 3 | (sent; the hub answers) | it is sent again under its id; the hub gives the same receipt (I2) |
/// | 4 | the answer and the place, in the record | step 5 |
/// | 5 | the answer's file, then the file moved beside it | step 6 |
/// | 6 | the record removed, the state kept under `document/<brand>/<id>` | nothing to do |
///
/// A document from the door has its file first (2) and its record second (1): the door says yes after both, and a
/// file without a record is set aside at start, since nobody was told yes. Numbers are hexadecimal, counted per
/// flow.
///
/// # Order
/// One document of a flow is on its way at a time, so order at the hub is order in the outbox, even across retries.
/// Flows do not wait for each other. The price: a flow sends one document per round trip
/// (`docs/decisions/0008`). A document on which only the hub fails is stepped over once the hub answers for the
/// next (`docs/decisions/0016`).
///
/// **Start at** [Outbox]. **Tests:** `NothingLostTest`, `OnceTest`, `OrderTest`, `OneInFlightTest`.
@NullMarked
package aiguillage.gateway.outbox;

import org.jspecify.annotations.NullMarked;
