package aiguillage.bench.load;

/// What the load generator is to do in a round.
///
/// @param port the server's
/// @param pid the server's process
/// @param kind what to send
/// @param clients how many at the same time
/// @param millis how long to measure
/// @param series the first part of the documents' ids, another for each round; or the file with the messages
public record Order(int port, long pid, Kind kind, int clients, long millis, String series) {

    /// What is sent, and which answer is wanted.
    public enum Kind {
        /// new documents; a sample of the hub's receipts is verified
        DOCUMENTS,
        /// the same, to a server whose receipts are its own affair
        FOREIGN,
        /// new documents in STAR's PutMessage
        STAR,
        /// new documents as files
        FILES,
        /// flat files, each line a new document
        FLAT,
        /// requests without a body
        EMPTY,
        /// messages of a [Messages] file, made beforehand, over and over
        MESSAGES,
        /// the same, each once
        MESSAGES_ONCE
    }
}
