package aiguillage.hub;

import aiguillage.pki.DurableFile;
import aiguillage.protocol.PartyId;
import aiguillage.protocol.proof.LedgerKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/// What lies where in a hub's data folder.
///
/// ```
/// store/            the journal and its views (RocksDB)
/// native/           the store's native library, unpacked at each start
/// payloads/         large payloads, one file each
/// schemas/          the schemas that tables were applied with, each in a folder named by its digest
/// ledger.key        the ledger's private key, mode 0600
/// ledger.vkey       its public key: give it to whoever is to check receipts
/// operator.token    proves the operator on the private listener, mode 0600
/// hub.pem           the hub's own key and certificate, mode 0600
/// checkpoint        in a backup only: the signed head of what it holds
/// restoring/        during a restore only: what is not proven yet
/// ```
public record DataFolder(Path folder) {

    public Path store() {
        return folder.resolve("store");
    }

    public Path payloads() {
        return folder.resolve("payloads");
    }

    public Path schemas() {
        return folder.resolve("schemas");
    }

    public Path ledgerKey() {
        return folder.resolve("ledger.key");
    }

    public Path ledgerPublicKey() {
        return folder.resolve("ledger.vkey");
    }

    public Path operatorToken() {
        return folder.resolve("operator.token");
    }

    public Path credential() {
        return folder.resolve("hub.pem");
    }

    public Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    public Path restoring() {
        return folder.resolve("restoring");
    }

    /// The folder of the store, made if need be.
    ///
    /// @throws FileSystemException when this is a backup, or a restore into it did not come to its end: nobody has
    ///     proven what is there
    Path openStore() throws IOException {
        if (Files.exists(restoring())) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "a restore into this folder was broken off or is under way. Remove what is in it and restore"
                            + " again");
        }
        if (Files.exists(checkpoint())) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "this is a backup; no hub runs on one. Make a data folder of it with `aiguillage hub restore`");
        }
        return Files.createDirectories(store());
    }

    /// Reads the ledger's key.
    public LedgerKey readLedgerKey() throws IOException {
        return LedgerKey.ofText(Files.readString(ledgerKey()));
    }

    /// Reads the ledger's key, or makes it with its public half beside it.
    LedgerKey openLedgerKey(PartyId hub, SecureRandom random) throws IOException {
        if (!Files.exists(ledgerKey())) {
            LedgerKey key = LedgerKey.generate(hub + "/ledger", random);
            DurableFile.writeSecret(ledgerKey(), (key.secretText() + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        LedgerKey key = readLedgerKey();
        DurableFile.write(ledgerPublicKey(), (key.verifier() + "\n").getBytes(StandardCharsets.US_ASCII));
        return key;
    }

    /// The hub whose data this is, from its ledger's name.
    PartyId hub() throws IOException {
        String name = readLedgerKey().verifier().name();
        return new PartyId(name.substring(0, name.indexOf('/')));
    }
}
