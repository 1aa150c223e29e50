/// The benchmark: our figure, what it is held against, and the ratio, measured in one run.
///
/// **Fair by construction.** Servers and load generator are processes of their own; what is compared runs on the
/// same listener, TLS and client; rounds alternate between ours and the other, so that a busy spell of the machine
/// hits both; a figure is the median of the rounds and comes with its spread. Nothing is claimed that was not
/// counted: the documents answered with 201 are compared with the entries of the hub's journal, and a sample of
/// receipts is verified.
///
/// **Out:** [aiguillage.bench.figure.Figure]s, as a table and as JSON. **Start at** [Main]. **Tests:** `BenchTest`.
@NullMarked
package aiguillage.bench;

import org.jspecify.annotations.NullMarked;
