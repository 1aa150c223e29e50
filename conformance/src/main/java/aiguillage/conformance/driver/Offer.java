package aiguillage.conformance.driver;

import aiguillage.protocol.Digest;
import aiguillage.protocol.FlowName;
import org.jspecify.annotations.Nullable;

/// A document as a dealer's system would send it.
///
/// @param id of the sender's choice; a door whose documents are named by their content names files so
/// @param element the document element's name, where the content is one
/// @param content at most some megabytes
/// @param recipient the party whom it is for, in flows that go to a named one
/// @param sender whom it says it is from, when that is another than who sends it
public record Offer(
        FlowName flow,
        String id,
        String element,
        byte[] content,
        @Nullable String recipient,
        @Nullable String sender) {

    /// The namespace of every document element here.
    public static final String NAMESPACE = "http://www.starstandard.org/STAR/5";

    public Digest digest() {
        return Digest.of(content);
    }

    /// The same with other content.
    public Offer with(byte[] other) {
        return new Offer(flow, id, element, other, recipient, sender);
    }

    /// The same under another id; the content stays as it is.
    public Offer named(String other) {
        return new Offer(flow, other, element, content, recipient, sender);
    }

    /// The same, said to be from another; null: from whoever sends it.
    public Offer saidToBeFrom(@Nullable String other) {
        return new Offer(flow, id, element, content, recipient, other);
    }
}
