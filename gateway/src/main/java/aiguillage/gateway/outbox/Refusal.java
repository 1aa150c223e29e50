package aiguillage.gateway.outbox;

/// Why a document was not accepted.
///
/// @param code the hub's word for it, such as `payload-invalid`, or one of ours
/// @param what what is wrong, one sentence
/// @param why the particulars: line, attribute, digest
/// @param remedy what to do next; may be empty when the hub said nothing
public record Refusal(String code, String what, String why, String remedy) {

    /// The side file beside the document is not usable.
    public static Refusal badSideFile(String why) {
        return new Refusal(
                "side-file-invalid",
                "The file .envelope.json beside the document cannot be used.",
                why,
                "Correct the side file and put both files into the out folder again, the side file first.");
    }

    /// Its envelope cannot be put into a request.
    static Refusal notSendable(String why) {
        return new Refusal(
                "envelope-invalid",
                "The document's envelope cannot be sent.",
                why,
                "Correct the attribute in the side file or in the DMS, and send the document again.");
    }

    /// The hub failed on this document again and again, while it answered for the next one.
    public static Refusal hubFails(int times, String why) {
        return new Refusal(
                "hub-failed",
                "The hub failed " + times + " times on this document and answered for the next one.",
                why,
                "Put the file into the out folder again later, or ask the hub's operator.");
    }
}
