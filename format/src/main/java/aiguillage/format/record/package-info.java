/// One record between text and fields: by ourselves where it is plain DFDL, by Apache Daffodil where not.
///
/// **In:** a record's text in Unicode, without its terminator, and its
/// [aiguillage.format.description.Shape.Entry]. **Out:** a [FlatNode], or [Unreadable] with the first fault;
/// and back. **Knows:** `description`, `report`. **Start at** [RecordCodec]. **Tests:** `RoundTripTest`,
/// `SamplesTest`.
@NullMarked
package aiguillage.format.record;

import org.jspecify.annotations.NullMarked;
