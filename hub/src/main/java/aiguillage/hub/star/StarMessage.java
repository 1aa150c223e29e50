package aiguillage.hub.star;

import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// What a message asks.
///
/// @param manifest what its header says of its contents
/// @param to where it says that it is sent to (WS-Addressing); null: it does not
/// @param isSigned whether its header has a signature; nothing of that is proven
public record StarMessage(
        Transport transport,
        List<Manifest> manifest,
        Asked asked,
        @Nullable String to,
        boolean isSigned) {

    /// What it carries; none when it only asks for deliveries.
    public List<Content> contents() {
        return switch (asked) {
            case Asked.Put(var contents) -> contents;
            case Asked.PutAndAnswer(var contents) -> contents;
            case Asked.Pull _ -> List.of();
        };
    }

    /// One entry of the payload manifest.
    ///
    /// @param namespace of the content's element
    public record Manifest(
            String contentId,
            String namespace,
            String element,
            @Nullable String relatedId) {}

    /// What is asked.
    public sealed interface Asked {

        /// PutMessage: take these.
        record Put(List<Content> contents) implements Asked {}

        /// ProcessMessage: take these, and answer them.
        record PutAndAnswer(List<Content> contents) implements Asked {}

        /// PullMessage: give what waits.
        ///
        /// @param itemsMax at most so many; null: as many as the hub likes
        /// @param receipts ids of what was pulled before, and is had
        /// @param criteria of which one must hold; none: everything
        record Pull(@Nullable Integer itemsMax, List<String> receipts, List<Criteria> criteria) implements Asked {}
    }

    /// What a pulled document must be; null: anything.
    public record Criteria(
            @Nullable String verb,
            @Nullable String noun,
            @Nullable Instant from,
            @Nullable Instant to) {}

    /// One content, where it lies in the message.
    ///
    /// @param id as the content says
    /// @param namespace of its element
    /// @param begin the place of its first byte
    /// @param end the place behind its last byte
    /// @param missing namespaces that it uses and does not declare, by prefix
    /// @param charset of the message: UTF-8, or ISO-8859-1
    public record Content(
            String id,
            String namespace,
            String element,
            Area area,
            long begin,
            long end,
            SortedMap<String, String> missing,
            Charset charset) {}

    /// What the application area of a BOD says; each null when it does not.
    ///
    /// @param bodId the sender's name for the BOD
    /// @param created when it was made
    /// @param sender the logical id of the sending system
    /// @param receiver the party for which it is
    /// @param answers the BOD's id which it answers
    public record Area(
            @Nullable String bodId,
            @Nullable Instant created,
            @Nullable String sender,
            @Nullable String receiver,
            @Nullable String answers) {}
}
