package aiguillage.hub.problem;

import java.util.Locale;

/// The catalogue of refusals. A constant's name is its code on the wire: `ID_TAKEN` is `id-taken`. Codes never
/// change.
public enum Problem {
    BAD_REQUEST(
            400,
            "The request is not well-formed.",
            "The hub reads only what it can read without guessing.",
            "Correct what the detail names, and send it again."),
    BAD_ENVELOPE(
            400,
            "The CloudEvents attributes are missing or malformed.",
            "A document is accepted only with an envelope the hub understands.",
            "Correct the header which the detail names. docs/reference/wire.md lists them all."),
    DIGEST_MISMATCH(
            400,
            "The payload is not the one its digest names.",
            "It was changed or cut on its way, or the digest was made of something else.",
            "Compute Content-Digest over the exact bytes of the body, and send it again."),
    CERTIFICATE_UNUSABLE(
            401,
            "The certificate names no party.",
            "The hub knows callers by the SAN URI urn:aiguillage:party:<name> in their certificate.",
            "Enrol at this hub, or have the certificate issued with that name."),
    CERTIFICATE_EXPIRED(
            401,
            "The certificate has expired.",
            "A connection lives no longer than the certificate it was opened with.",
            "Renew the certificate (EST simplereenroll), and connect again with the new one."),
    CERTIFICATE_REVOKED(
            401,
            "The certificate was revoked.",
            "Its key is not trusted any more.",
            "Enrol again with a new code from the hub's operator."),
    CODE_REFUSED(
            401,
            "The enrolment code does not hold.",
            "A code is good for one party, once, and for a limited time.",
            "Ask the hub's operator for a new code."),
    NOT_AUTHORISED(
            403,
            "This flow is not open to you.",
            "The routing table decides who may send what to whom.",
            "Check the flow's name and your brands; ask the hub's operator if you should have access."),
    SENDER_MISMATCH(
            403,
            "The document names another sender than your certificate.",
            "Nobody sends in another's name.",
            "Set ce-source to urn:aiguillage:party:<your name>."),
    PARTY_UNKNOWN(
            403,
            "This hub does not know you.",
            "Your certificate is genuine, but no party of its name is in the routing table.",
            "Ask the hub's operator to add you."),
    PARTY_SUSPENDED(
            401,
            "This hub has suspended you.",
            "Its operator shut you out for a time. What is for you goes on waiting here, and nothing is lost.",
            "Ask the hub's operator why, and to resume you; then send again what you had to send."),
    NOT_FOUND(
            404,
            "There is nothing here for you.",
            "Either it does not exist, or it is not yours to see; the hub does not say which.",
            "Check the address, and that the document was sent by you or to you."),
    METHOD_NOT_ALLOWED(
            405,
            "This address does not take that method.",
            "Each address of the wire reference takes the methods it names, and no other.",
            "See the Allow header."),
    TOO_SLOW(
            408,
            "The request came too slowly.",
            "A slow request holds resources that others need.",
            "Send it again over a better line; nothing of it was kept."),
    ID_TAKEN(
            409,
            "Another document has this id.",
            "An id names one document of a sender for ever; the first one stays as it is.",
            "If it is a new document, give it a new id. If it is a retry, send exactly the same content."),
    VERSION_OVERTAKEN(
            409,
            "The dataset stands elsewhere by now.",
            "Versions are a line: each is made for the one before, and holds no earlier than it.",
            "Look at the dataset's versions, and decide anew."),
    TABLE_OVERTAKEN(
            409,
            "Another routing table is in force by now.",
            "A change is looked at against one table; over another it may do what nobody has seen.",
            "Look at what it changes in the table in force, and apply it over that."),
    SECOND_PERSON_NEEDED(
            409,
            "What you published cannot be released by you.",
            "A publication was unusual enough to be held; four eyes see more than two.",
            "Have another party that may publish, or the hub's operator, release it."),
    STILL_SEALED(
            409,
            "The version does not hold yet.",
            "Nobody reads it before its time.",
            "Ask again at its effective instant; by the hub's clock."),
    PAYLOAD_GONE(
            410,
            "The payload was kept as long as its flow says, and is gone.",
            "Entries and proofs stay; payloads go after the flow's kept-for.",
            "Ask the sender for the document."),
    PAYLOAD_TOO_LARGE(
            413,
            "The payload is larger than its flow allows.",
            "Each flow has a limit, so that one document cannot crowd out the others.",
            "Send a smaller payload, or ask the hub's operator to raise the flow's payload-max."),
    RANGE_NOT_SATISFIABLE(
            416,
            "The range lies outside of the payload.",
            "A range is counted in bytes from 0, and ends before the payload's size.",
            "Ask for bytes that exist; Content-Range names the size."),
    PAYLOAD_INVALID(
            422,
            "The payload does not fit its flow's schema.",
            "The flow promises its readers that every document can be processed.",
            "Correct the places named here, and send it again; the id is still free."),
    PUBLICATION_REFUSED(
            422,
            "The publication is refused.",
            "Something in it is wrong; the version in force stays.",
            "Read the report, correct the file and publish it again."),
    NO_ROUTE(
            422,
            "The routing table has no way for this document.",
            "None of the flow's routes matches its attributes.",
            "Set the attribute which the detail names."),
    RECIPIENT_UNKNOWN(
            422,
            "The recipient cannot get documents of this flow.",
            "The flow goes to the party named in the ce-recipient header, if the routing table lets it.",
            "Check the recipient's name."),
    SIGNATURE_REQUIRED(
            422,
            "The flow takes only signed documents.",
            "Its documents must be provable to third parties.",
            "Sign the request with your certificate's key (RFC 9421; docs/reference/wire.md), or the message (docs/star.md)."),
    SIGNATURE_INVALID(
            422,
            "The signature does not hold.",
            "It does not cover what it must, was made with another key, or over other bytes.",
            "See the detail; sign all that docs/reference/wire.md names (STAR: docs/star.md) with your certificate's key."),
    SIGNATURE_NOT_FRESH(
            422,
            "The signature is of another time.",
            "It holds, but says that it was made too long ago, or in the future.",
            "Set this machine's clock, and sign each attempt anew."),
    TOO_MANY_REQUESTS(
            429,
            "That was too often.",
            "Each party has its share of the hub, and each address its tries to prove itself, so that nobody takes the others'.",
            "Wait as long as Retry-After says. Who does not wait is answered later, and then not at all."),
    HEADERS_TOO_LARGE(
            431,
            "The request's headers are too large.",
            "Envelopes are small; the limit keeps memory for everybody.",
            "Put the content into the payload, not into headers."),
    JOURNAL_BUSY(
            503,
            "The hub has too much waiting at this moment.",
            "It takes no more than it can make durable soon.",
            "Send it again after Retry-After; nothing was kept."),
    STOPPING(
            503,
            "The hub is stopping.",
            "It finishes what it began, and takes nothing new.",
            "Send it again after Retry-After, with the same id."),
    REVOCATION_UNKNOWN(
            503,
            "Whether your certificate was revoked cannot be told at present.",
            "The revocation list of your authority is too old; the hub takes no new documents on an unknown certificate.",
            "Send it again after Retry-After; your deliveries go on meanwhile."),
    AUTHORITY_UNUSABLE(
            503,
            "The hub cannot issue certificates at present.",
            "Its own authority's certificate is not valid now, or its clock is wrong.",
            "Ask the hub's operator; certificates in use go on working until their end."),
    DATASET_UNUSABLE(
            503,
            "The hub cannot open this dataset.",
            "Something of it is damaged, or cannot be read; other datasets and documents go on.",
            "Tell the hub's operator: `aiguillage hub status` says why, and what to do. Send it again later."),
    DISK_FULL(
            507,
            "The hub has no room for new documents.",
            "It keeps the rest of its disk to deliver what it has.",
            "Send it again after Retry-After; the hub recovers by itself when there is room."),
    FAILED(
            500,
            "The hub failed.",
            "Something happened that should not have; its log says what.",
            "Send it again with the same id; the hub accepts a document only once.");

    private final int status;
    private final String what;
    private final String why;
    private final String remedy;

    Problem(int status, String what, String why, String remedy) {
        this.status = status;
        this.what = what;
        this.why = why;
        this.remedy = remedy;
    }

    /// `id-taken`.
    public String code() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// The HTTP status.
    public int status() {
        return status;
    }

    /// What happened, in one sentence.
    public String what() {
        return what;
    }

    /// Why the hub does so, in one sentence.
    public String why() {
        return why;
    }

    /// What to do, in a sentence or two.
    public String remedy() {
        return remedy;
    }

    /// The `type` of RFC 9457.
    public String type() {
        return "urn:aiguillage:problem:" + code();
    }

    /// The page of all problems, in Markdown.
    public static String markdown() {
        var page = new StringBuilder("| code | status | what | why | what to do |\n|---|---|---|---|---|\n");
        for (Problem problem : values()) {
            page.append("| `")
                    .append(problem.code())
                    .append("` | ")
                    .append(problem.status)
                    .append(" | ");
            page.append(problem.what).append(" | ").append(problem.why).append(" | ");
            page.append(problem.remedy).append(" |\n");
        }
        return page.toString();
    }
}
