package aiguillage.gateway.page;

import java.util.List;

/// What a search came to.
///
/// @param question what was looked for; empty: nothing yet
/// @param isWhole whether every document that the gateway remembers was looked at
/// @param hubs what the hubs said; empty when they were not asked
public record Found(
        String question, List<Document> documents, List<Received> received, boolean isWhole, List<Hub> hubs) {

    public Found {
        documents = List.copyOf(documents);
        received = List.copyOf(received);
        hubs = List.copyOf(hubs);
    }

    /// A document that this gateway sent or will send.
    public record Document(String id, String file, String flow, Level level, String state, String time, String link) {}

    /// A delivery that this gateway handed over.
    public record Received(String id, String file, String folder, String sender) {}

    /// One hub's answer.
    ///
    /// @param failure why there is none; empty when there is
    public record Hub(String name, String failure, List<Story> stories) {

        public Hub {
            stories = List.copyOf(stories);
        }
    }

    /// One document as a hub knows it.
    ///
    /// @param fates what became of it at each reader, in words
    public record Story(String id, String sender, String flow, String accepted, List<String> fates) {

        public Story {
            fates = List.copyOf(fates);
        }
    }
}
