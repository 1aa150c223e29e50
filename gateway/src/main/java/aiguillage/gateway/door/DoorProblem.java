package aiguillage.gateway.door;

/// A refusal at the local door (RFC 9457).
final class DoorProblem extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String title;
    private final String remedy;

    private DoorProblem(int status, String code, String title, String detail, String remedy) {
        super(detail);
        this.status = status;
        this.code = code;
        this.title = title;
        this.remedy = remedy;
    }

    static DoorProblem tokenMissing() {
        return new DoorProblem(
                401,
                "token-missing",
                "The bearer token is missing or not one of this gateway's.",
                "Authorization: Bearer <token> was expected.",
                "Read the brand's token from the file tokens/<brand> in the gateway's data folder.");
    }

    static DoorProblem notFound(String what) {
        return new DoorProblem(
                404,
                "not-found",
                "There is no such thing for this brand.",
                what,
                "Check the name, and that the token is the right brand's.");
    }

    static DoorProblem methodUnknown(String method) {
        return new DoorProblem(
                405,
                "method-unknown",
                "This address does not answer to this method.",
                "The method was " + method + ".",
                "See the gateway's REST reference for what it answers to.");
    }

    static DoorProblem envelopeInvalid(String why) {
        return new DoorProblem(
                400,
                "envelope-invalid",
                "The document's envelope cannot be used.",
                why,
                "Correct the attribute and send the document again.");
    }

    static DoorProblem questionInvalid(String why) {
        return new DoorProblem(
                400,
                "question-invalid",
                "The question cannot be answered as it is asked.",
                why,
                "Correct it; the gateway's guide to datasets shows each question.");
    }

    /// @param status 404 for an instant or a key of another time, 410 for changes, 503 for now
    static DoorProblem notKnown(int status, String why) {
        return new DoorProblem(
                status,
                "not-known",
                "This replica cannot tell.",
                why,
                status == 410
                        ? "Take the whole list, and ask for changes since its version from then on."
                        : "Ask for another instant, or again when the gateway has what it waits for.");
    }

    static DoorProblem idTaken(String id) {
        return new DoorProblem(
                409,
                "id-taken",
                "Another document already has this id, with other content.",
                "The id is " + id + ".",
                "Give a new document a new id. The same document is already here: ask for its state.");
    }

    static DoorProblem tooLarge(long bytesMax) {
        return new DoorProblem(
                413,
                "payload-too-large",
                "The document is larger than this door takes.",
                "At most " + bytesMax + " bytes are taken.",
                "Raise door.document-max in gateway.yaml, or split the document.");
    }

    static DoorProblem busy() {
        return new DoorProblem(
                503,
                "busy",
                "Too many requests at the same time.",
                "At most " + LocalDoor.REQUESTS_MAX + " are answered at once.",
                "Try again in a second.");
    }

    static DoorProblem notStored(String why) {
        return new DoorProblem(
                507,
                "not-stored",
                "The document could not be stored, so it was not taken.",
                why,
                "Free disk space or mend the folder's rights, then send the document again.");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String title() {
        return title;
    }

    String detail() {
        String detail = getMessage();
        return detail == null ? "" : detail;
    }

    String remedy() {
        return remedy;
    }
}
