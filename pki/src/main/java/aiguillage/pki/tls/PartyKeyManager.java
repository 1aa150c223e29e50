package aiguillage.pki.tls;

import aiguillage.pki.Credential;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// A party's key and chain for handshakes, replaceable while running. Safe from any thread.
///
/// A handshake asks three times: for an alias, then for that alias's key, then for its chain. Each credential
/// has an alias of its own and the one before stays known, so that a handshake during which the credential is
/// replaced finds a key and a chain that belong together.
///
/// The authorities that a server says it accepts are passed over: a certificate it refuses gives a clearer
/// error than none.
public final class PartyKeyManager extends X509ExtendedKeyManager {

    private final AtomicReference<Generations> generations;

    public PartyKeyManager(Credential credential) {
        generations = new AtomicReference<>(new Generations(new Generation(1, credential), null));
    }

    /// Serves handshakes from now on with another credential.
    public void replace(Credential credential) {
        generations.updateAndGet(
                held -> new Generations(new Generation(held.current().number() + 1, credential), held.current()));
    }

    /// What handshakes that begin now are served with.
    public Credential current() {
        return generations.get().current().credential();
    }

    @Override
    public @Nullable String chooseEngineClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return alias(keyType);
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyTypes);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return alias(keyType);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return aliases(keyType);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        Credential credential = generations.get().named(alias);
        return credential == null ? null : credential.key();
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        Credential credential = generations.get().named(alias);
        return credential == null ? null : credential.chain().certificates().toArray(new X509Certificate[0]);
    }

    private String @Nullable [] aliases(String keyType) {
        String alias = alias(keyType);
        return alias == null ? null : new String[] {alias};
    }

    private @Nullable String alias(String... keyTypes) {
        Generation current = generations.get().current();
        return Arrays.asList(keyTypes).contains(current.credential().key().getAlgorithm()) ? current.alias() : null;
    }

    private record Generation(long number, Credential credential) {

        String alias() {
            return "credential-" + number;
        }
    }

    private record Generations(Generation current, @Nullable Generation previous) {

        @Nullable
        Credential named(String alias) {
            if (current.alias().equals(alias)) {
                return current.credential();
            }
            return previous != null && previous.alias().equals(alias) ? previous.credential() : null;
        }
    }
}
