package aiguillage.gateway.page;

import aiguillage.gateway.link.HttpHistory;
import aiguillage.gateway.link.Hub;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a page asks the hubs, with an end to each wait. Safe from any thread.
final class HubQuestions {

    static final int AT_A_TIME = 4;
    static final Duration WAIT = Duration.ofSeconds(15);

    /// A hub's status is asked for when somebody looks, and not again within this time.
    static final Duration STATUS_KEPT = Duration.ofMinutes(1);

    private static final int TEXT_CHARS_MAX = 1_000;
    private static final int NOTICES_MAX = 10;
    private static final int NOT_FOUND = 404;

    private final PageParts gateway;
    private final Semaphore places = new Semaphore(AT_A_TIME);
    private final Map<String, Standing> standings = new ConcurrentHashMap<>();

    HubQuestions(PageParts gateway) {
        this.gateway = gateway;
    }

    /// What a hub said.
    ///
    /// @param failure the key of a sentence when it said nothing; null when it did
    record Answer(
            String hub,
            List<HttpHistory.Story> stories,
            @Nullable String failure) {}

    /// What a hub publishes about itself.
    ///
    /// @param state as it calls it; empty when it tells none
    /// @param notices of planned work, in the hub's words
    /// @param gateway the version of gateways that it asks for, or empty
    record Standing(Instant asked, String state, Map<String, String> notices, String gateway) {}

    /// Documents with this search key, of every hub.
    List<Answer> withKey(String key) {
        List<Answer> answers = new ArrayList<>();
        gateway.hubs().forEach((name, hub) -> answers.add(asked(name, () -> hub.withKey(key))));
        return answers;
    }

    /// One document of ours.
    Answer document(String hub, String id) {
        HttpHistory history = gateway.hubs().get(hub);
        return history == null
                ? new Answer(hub, List.of(), "hub.silent")
                : asked(hub, () -> List.of(history.document(id)));
    }

    private Answer asked(String hub, Callable<List<HttpHistory.Story>> question) {
        if (!places.tryAcquire()) {
            return new Answer(hub, List.of(), "hub.busy");
        }
        var task = new FutureTask<>(question);
        Thread.ofVirtual().name("page-asks-" + hub).start(() -> {
            try {
                task.run();
            } finally {
                places.release();
            }
        });
        try {
            return new Answer(hub, task.get(WAIT.toMillis(), TimeUnit.MILLISECONDS), null);
        } catch (ExecutionException e) {
            boolean isUnknown = e.getCause() instanceof Hub.HubSaid said && said.status() == NOT_FOUND;
            return new Answer(hub, List.of(), isUnknown ? null : failure(e));
        } catch (TimeoutException e) {
            task.cancel(true);
            return new Answer(hub, List.of(), "hub.silent");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer(hub, List.of(), "hub.silent");
        }
    }

    private static String failure(ExecutionException e) {
        return switch (e.getCause()) {
            case Hub.HubSaid _ -> "hub.refused";
            case IOException _ -> "hub.silent";
            case null, default -> throw new IllegalStateException("asking a hub failed", e);
        };
    }

    /// What a hub last published about itself, null before it is known. Never waits: what is old is asked for
    /// in the background, for whoever looks next.
    @Nullable
    Standing standing(String hub) {
        Standing known = standings.get(hub);
        Instant now = gateway.clock().instant();
        HttpHistory history = gateway.hubs().get(hub);
        if (history != null && (known == null || known.asked().plus(STATUS_KEPT).isBefore(now))) {
            String state = known == null ? "" : known.state();
            Standing asked = known == null
                    ? new Standing(now, state, Map.of(), "")
                    : new Standing(now, state, known.notices(), known.gateway());
            standings.put(hub, asked);
            Thread.ofVirtual().name("page-status-" + hub).start(() -> learn(hub, history, now));
        }
        return known;
    }

    private void learn(String hub, HttpHistory history, Instant now) {
        try {
            standings.put(hub, read(now, history.status()));
        } catch (IOException e) {
            standings.put(
                    hub, new Standing(now, "", Map.of(), "")); // an older hub publishes none; the page says nothing
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Standing read(Instant now, JsonNode status) {
        var notices = new java.util.LinkedHashMap<String, String>();
        JsonNode notice = status.path("notice");
        notice.propertyNames().stream()
                .limit(NOTICES_MAX)
                .forEach(language ->
                        notices.put(language, cut(notice.path(language).asString(""))));
        return new Standing(
                now,
                cut(status.path("state").asString("")),
                notices,
                cut(status.path("gatewayVersion").asString("")));
    }

    private static String cut(String text) {
        return text.length() <= TEXT_CHARS_MAX ? text : text.substring(0, TEXT_CHARS_MAX);
    }
}
