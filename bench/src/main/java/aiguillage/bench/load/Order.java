package aiguillage.bench.load;

/// What the load generator is to do in a round.
///
/// @param port the server's
/// @param pid the server's process
/// @param submissions whether to submit documents, or to send empty requests
/// @param clients how many at the same time
/// @param millis how long to measure
/// @param series the first part of the documents' ids; another for each round
public record Order(int port, long pid, boolean submissions, int clients, long millis, String series) {}
