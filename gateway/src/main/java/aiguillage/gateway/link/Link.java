package aiguillage.gateway.link;

import aiguillage.gateway.inbox.Inbox;
import aiguillage.gateway.inbox.Result;
import aiguillage.gateway.inbox.Result.Rejection;
import aiguillage.gateway.pace.Backoff;
import aiguillage.gateway.pace.Crew;
import aiguillage.gateway.pace.Pause;
import aiguillage.gateway.replica.DatasetNews;
import aiguillage.gateway.status.Trouble.Kind;
import aiguillage.gateway.status.Troubles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Keeps the permanent stream from one hub open, for ever.
public final class Link {

    private static final Duration WATCH_LONGEST = Duration.ofSeconds(1);

    /// What an answer to the question for the stream may come to; nothing of it is signed.
    private static final Set<Kind> OF_STREAM =
            Set.of(Kind.HUB_ASKS_TO_WAIT, Kind.HUB_REFUSES, Kind.PARTY_SUSPENDED, Kind.PARTY_UNKNOWN);

    private final String name;
    private final Hub hub;
    private final DatasetNews.Listener datasets;
    private final Settings settings;
    private final Crew crew;
    private final Pause pause;
    private final InstantSource clock;
    private final InstantSource steady;
    private final Troubles troubles;
    private final Acknowledger acknowledger;
    private final HandOverLine line;
    private final Backoff reconnects;
    private final Backoff offers;

    private volatile Hub.@Nullable Stream stream;
    private volatile @Nullable Instant connectedSince;
    private volatile Instant heard;
    private volatile @Nullable Instant offerAgainAt;
    private Instant offeredAgain = Instant.EPOCH;

    /// With one clock for everything.
    public Link(
            String name,
            Hub hub,
            Inbox inbox,
            Settings settings,
            Crew crew,
            Pause pause,
            InstantSource clock,
            RandomGenerator random,
            Troubles troubles) {
        this(name, hub, inbox, DatasetNews.NOBODY, settings, crew, pause, clock, clock, random, troubles);
    }

    /// Connects to nothing yet.
    ///
    /// @param datasets is told what the hub says of datasets
    /// @param clock the time of day
    /// @param steady measures silence and waits, whatever somebody sets the clock to
    public Link(
            String name,
            Hub hub,
            Inbox inbox,
            DatasetNews.Listener datasets,
            Settings settings,
            Crew crew,
            Pause pause,
            InstantSource clock,
            InstantSource steady,
            RandomGenerator random,
            Troubles troubles) {
        this.name = name;
        this.hub = hub;
        this.datasets = datasets;
        this.settings = settings;
        this.crew = crew;
        this.pause = pause;
        this.clock = clock;
        this.steady = steady;
        this.troubles = troubles;
        this.heard = steady.instant();
        this.reconnects = new Backoff(settings.retryFirst(), settings.retryLongest(), random);
        this.offers = new Backoff(settings.offerAgainFirst(), settings.offerAgainLongest(), random);
        var acknowledging = new Backoff(settings.retryFirst(), settings.retryLongest(), random);
        this.acknowledger = new Acknowledger(hub, name, acknowledging, pause, troubles);
        this.line = new HandOverLine(inbox, acknowledger, this::offerAgain, crew, pause);
    }

    public void start() {
        crew.working("inbox-" + name, line);
        crew.waiting("acknowledger-" + name, acknowledger);
        crew.waiting("watchdog-" + name, this::watch);
        crew.waiting("link-" + name, this::run);
    }

    /// Connects, takes what comes, connects again.
    void run() {
        try {
            while (true) {
                Duration asked = stayConnected();
                pause.pause(reconnects.failed(asked));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Since when the stream is open, or empty while it is not.
    public Optional<Instant> connectedSince() {
        return Optional.ofNullable(connectedSince);
    }

    public String address() {
        return hub.address();
    }

    public String name() {
        return name;
    }

    /// Opens the stream anew, as after a renewal of the certificate.
    public void reconnect() {
        Hub.Stream open = stream;
        if (open != null) {
            open.close();
        }
    }

    /// @return how long the hub asked to stay away, or null
    private @Nullable Duration stayConnected() throws InterruptedException {
        Duration asked = null;
        heard = steady.instant();
        try (Hub.Stream open = hub.open()) {
            stream = open;
            line.opened();
            datasets.begins();
            heard = steady.instant();
            connectedSince = clock.instant();
            OF_STREAM.forEach(kind -> troubles.ended(kind, name));
            while (true) {
                HubEvent event = open.next();
                heard = steady.instant();
                reconnects.worked();
                switch (event) {
                    case HubEvent.Offered(var delivery) -> line.add(delivery);
                    case HubEvent.Unreadable(var position, var reason) ->
                        acknowledger.add(new Result(List.of(), List.of(new Rejection(position, reason)), false));
                    case HubEvent.Told(var news) -> datasets.told(news);
                    case HubEvent.ComeBackAfter(var wait) -> asked = wait;
                    case HubEvent.Beat() -> {
                        // heard, which is all a beat says
                    }
                    case HubEvent.Goodbye() -> {
                        return asked;
                    }
                }
                datasets.heard(); // after its news were told
            }
        } catch (Hub.HubSaid e) {
            troubles.reportInstead(OF_STREAM, e.trouble(), name, String.valueOf(e.getMessage()));
            return e.after() == null ? asked : e.after();
        } catch (IOException e) {
            return asked; // where no connection came about, the hub has reported why; a line that broke is opened anew
        } finally {
            stream = null;
            connectedSince = null;
        }
    }

    /// Ends a stream on which nothing comes any more, and one that is due to be offered again.
    private void watch() {
        Duration quarter = settings.silenceMax().dividedBy(4);
        Duration look = quarter.compareTo(WATCH_LONGEST) < 0 ? quarter : WATCH_LONGEST;
        try {
            while (true) {
                pause.pause(look);
                hub.cutSilent(settings.silenceMax());
                Instant now = steady.instant();
                Instant due = offerAgainAt;
                boolean silent = heard.plus(settings.silenceMax()).isBefore(now);
                boolean again = due != null && due.isBefore(now);
                if (again) {
                    offerAgainAt = null;
                }
                if (silent || again) {
                    reconnect();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Some delivery could not be handed over. Offering everything again costs the hub, so it waits longer each
    /// time.
    private synchronized void offerAgain() {
        Instant now = steady.instant();
        if (offeredAgain.plus(settings.offerAgainLongest().multipliedBy(2)).isBefore(now)) {
            offers.worked(); // the last time was long ago: this is another trouble
        }
        if (offerAgainAt == null) {
            offeredAgain = now;
            offerAgainAt = now.plus(offers.failed(null));
        }
    }

    /// How patient a link is.
    ///
    /// @param silenceMax how long the hub may send nothing, not even a beat
    /// @param retryFirst the first wait before connecting again
    /// @param retryLongest the longest
    /// @param offerAgainFirst the first wait before deliveries that could not be handed over are asked for again
    /// @param offerAgainLongest the longest
    public record Settings(
            Duration silenceMax,
            Duration retryFirst,
            Duration retryLongest,
            Duration offerAgainFirst,
            Duration offerAgainLongest) {}
}
