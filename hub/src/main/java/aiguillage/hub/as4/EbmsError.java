package aiguillage.hub.as4;

/// The errors of ebMS 3.0 (core, 6.7) and AS4 (1.0, 5.1.8) that this hub tells or understands.
public enum EbmsError {
    VALUE_NOT_RECOGNIZED("EBMS:0001", "ValueNotRecognized", "Content"),
    VALUE_INCONSISTENT("EBMS:0003", "ValueInconsistent", "Content"),
    OTHER("EBMS:0004", "Other", "Content"),
    EMPTY_MESSAGE_PARTITION_CHANNEL("EBMS:0006", "EmptyMessagePartitionChannel", "Communication"),
    MIME_INCONSISTENCY("EBMS:0007", "MimeInconsistency", "Unpackaging"),
    INVALID_HEADER("EBMS:0009", "InvalidHeader", "Unpackaging"),
    PROCESSING_MODE_MISMATCH("EBMS:0010", "ProcessingModeMismatch", "Processing"),
    EXTERNAL_PAYLOAD_ERROR("EBMS:0011", "ExternalPayloadError", "Content"),
    FAILED_AUTHENTICATION("EBMS:0101", "FailedAuthentication", "Processing"),
    FAILED_DECRYPTION("EBMS:0102", "FailedDecryption", "Processing"),
    POLICY_NONCOMPLIANCE("EBMS:0103", "PolicyNoncompliance", "Processing"),
    INVALID_RECEIPT("EBMS:0302", "InvalidReceipt", "Communication"),
    DECOMPRESSION_FAILURE("EBMS:0303", "DecompressionFailure", "Communication");

    private final String code;
    private final String summary;
    private final String category;

    EbmsError(String code, String summary, String category) {
        this.code = code;
        this.summary = summary;
        this.category = category;
    }

    public String code() {
        return code;
    }

    /// The error's `shortDescription`.
    public String summary() {
        return summary;
    }

    public String category() {
        return category;
    }

    /// An empty channel is a warning, everything else a failure.
    public String severity() {
        return this == EMPTY_MESSAGE_PARTITION_CHANNEL ? "warning" : "failure";
    }
}
