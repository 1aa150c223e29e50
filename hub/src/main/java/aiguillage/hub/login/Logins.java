package aiguillage.hub.login;

import aiguillage.hub.directory.Party;
import aiguillage.hub.directory.SshKey;
import aiguillage.hub.routing.Table;
import aiguillage.hub.trust.Enrolled;
import aiguillage.protocol.Digest;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Knows parties by SSH keys and passwords. Safe from any thread.
public final class Logins {

    private final Supplier<Table> table;
    private final Enrolled enrolled;
    private final Passwords passwords;
    private final InstantSource clock;
    private volatile Keys keys;

    /// Every key of a table, so that a look-up is the same work whoever asks for whom.
    private record Keys(Table of, Set<String> known) {

        static Keys read(Table table) {
            var known = new HashSet<String>();
            for (Party party : table.parties()) {
                for (SshKey key : party.sshKeys()) {
                    known.add(entry(party.id().value(), Digest.of(key.bytes())));
                }
            }
            return new Keys(table, known);
        }

        static String entry(String party, Digest key) {
            return party + "\n" + key;
        }
    }

    /// @param passwords judges those
    public Logins(Supplier<Table> table, Enrolled enrolled, Passwords passwords, InstantSource clock) {
        this.table = table;
        this.enrolled = enrolled;
        this.passwords = passwords;
        this.clock = clock;
        this.keys = Keys.read(table.get());
    }

    /// Whether somebody who says to be a party is, by a key of which he has still to prove that he holds it.
    ///
    /// @param user as it was sent
    /// @param wire the key's bytes as SSH has them
    /// @param spki its SubjectPublicKeyInfo
    /// @return null when not
    public Login.@Nullable ByKey byKey(String user, byte[] wire, byte[] spki) {
        PartyId party = id(user);
        if (party == null) {
            return null;
        }
        var login = new Login.ByKey(party, Digest.of(wire), Digest.of(spki));
        return isOver(login) ? null : login;
    }

    /// Judges a password; the answer, when it is no, comes after the same time whatever the reason.
    ///
    /// @param from where the connection comes from
    public CompletableFuture<Verdict> byPassword(String user, String password, InetAddress from) {
        return passwords.judged(id(user), password, from);
    }

    private static @Nullable PartyId id(String user) {
        try {
            return new PartyId(user);
        } catch (IllegalArgumentException nobody) {
            return null;
        }
    }

    /// Whether a party that came in would not come in any more.
    public boolean isOver(Login login) {
        Party party = table.get().directory().find(login.party());
        boolean isKnown = switch (login) {
            case Login.ByKey(var id, var wire, var spki) -> {
                boolean isEnrolled = enrolled.hasKey(id, spki, clock.instant());
                yield keys().known.contains(Keys.entry(id.value(), wire)) || isEnrolled;
            }
            case Login.ByPassword(var _, var password) -> party != null && password.equals(party.password());
        };
        return party == null || !isKnown || enrolled.isShutOut(login.party(), clock.instant());
    }

    private Keys keys() {
        Keys known = keys;
        Table now = table.get();
        if (known.of != now) {
            known = Keys.read(now);
            keys = known;
        }
        return known;
    }
}
