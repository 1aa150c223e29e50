package aiguillage.hub;

import aiguillage.hub.delivery.Attempts;
import aiguillage.hub.delivery.Quarantine;
import aiguillage.hub.mailbox.Backlogs;
import aiguillage.hub.replay.Replays;
import aiguillage.protocol.PartyId;
import java.util.function.Consumer;

/// What does not go on by itself, and what an operator can do about it. Safe from any thread.
///
/// @param tryNow offers a party at once what waits for it
public record Trouble(
        Quarantine quarantine, Backlogs backlogs, Attempts attempts, Consumer<PartyId> tryNow, Replays replays) {}
