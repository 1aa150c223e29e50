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
/// datasets/         the layers of datasets, and what is made of them (see `aiguillage.hub.dataset.Folder`)
/// schemas/          the schemas that tables were applied with, each in a folder named by its digest
/// ledger.key        the ledger's private key, mode 0600
/// datasets.key      what marks and seals of datasets are made from, mode 0600
/// ledger.vkey       its public key: give it to whoever is to check receipts
/// operator.token    proves the operator on the private listener, mode 0600
/// first-operator    until somebody can sign in to the console: the link that lets him, mode 0600
/// hub.pem           the hub's own key and certificate, mode 0600
/// sftp.key          the SFTP door's host key, mode 0600
/// as4.pem           the AS4 door's keys and their certificates, mode 0600
/// incoming/         files on their way in through the SFTP door
/// results/          what became of them: reports and refusals, for their senders to fetch
/// receipts/         which of them have receipts, which the journal makes again when they are fetched
/// head              the ledger's signed head of at most a second ago: the store must not hold less
/// presence.json     which party was last heard when, as of at most a minute ago
/// checkpoint        in a backup only: the signed head of what it holds
/// restoring/        during a restore only: what is not proven yet
/// ```
public record DataFolder(Path folder) {

    /// The file that names the store's present state; RocksDB would take a store without it for a new one.
    private static final String CURRENT = "CURRENT";

    public Path store() {
        return folder.resolve("store");
    }

    public Path payloads() {
        return folder.resolve("payloads");
    }

    public Path schemas() {
        return folder.resolve("schemas");
    }

    public Path datasets() {
        return folder.resolve("datasets");
    }

    public Path datasetsKey() {
        return folder.resolve("datasets.key");
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

    public Path firstOperator() {
        return folder.resolve("first-operator");
    }

    public Path credential() {
        return folder.resolve("hub.pem");
    }

    public Path sftpKey() {
        return folder.resolve("sftp.key");
    }

    public Path as4Keys() {
        return folder.resolve("as4.pem");
    }

    public Path incoming() {
        return folder.resolve("incoming");
    }

    public Path results() {
        return folder.resolve("results");
    }

    public Path checkpoint() {
        return folder.resolve("checkpoint");
    }

    public Path head() {
        return folder.resolve("head");
    }

    /// When the hub was in which state, as the public is told.
    public Path publicStatus() {
        return folder.resolve("public-status.json");
    }

    public Path presence() {
        return folder.resolve("presence.json");
    }

    public Path restoring() {
        return folder.resolve("restoring");
    }

    /// The folder of the store, made if need be.
    ///
    /// @throws FileSystemException when this is a backup, or a restore into it did not come to its end:
    ///     nobody has proven what is there
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
        requireWhole();
        return Files.createDirectories(store());
    }

    /// Where a hub has been before, a part that is missing is damage: a new one in its place would begin
    /// another history under the old name, and remove the payload files it does not know.
    private void requireWhole() throws IOException {
        boolean isUsed = Files.exists(ledgerKey()) || Files.exists(ledgerPublicKey()) || Files.exists(head());
        if (isUsed && !Files.exists(ledgerKey())) {
            throw missing(ledgerKey(), "Put your copy of it back");
        }
        if (isUsed && !Files.exists(store().resolve(CURRENT))) {
            throw missing(store().resolve(CURRENT), "The store is damaged or not there: restore the last backup");
        }
    }

    private static FileSystemException missing(Path file, String whatToDo) {
        return new FileSystemException(
                file.toString(),
                null,
                "it is missing, though a hub has run on this data folder. " + whatToDo
                        + " (docs/operations.md, \"A damaged store\")");
    }

    /// Reads the ledger's key.
    ///
    /// @throws FileSystemException when the file is damaged
    /// @throws IOException when it cannot be read, or is open to others on this machine
    public LedgerKey readLedgerKey() throws IOException {
        try {
            return LedgerKey.ofText(DurableFile.readSecret(ledgerKey()));
        } catch (IllegalArgumentException e) {
            var damaged = new FileSystemException(
                    ledgerKey().toString(), null, e.getMessage() + ". Put your copy of it back");
            damaged.initCause(e);
            throw damaged;
        }
    }

    /// Reads the ledger's key, or makes it with its public half beside it.
    ///
    /// @param isNew whether the ledger has no entries yet: only then a key is made
    LedgerKey openLedgerKey(PartyId hub, boolean isNew, SecureRandom random) throws IOException {
        if (!Files.exists(ledgerKey())) {
            if (!isNew) {
                throw missing(ledgerKey(), "Put your copy of it back");
            }
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
