package aiguillage.hub.routing;

import aiguillage.config.Bytes;
import aiguillage.config.Durations;
import aiguillage.config.Quoted;
import aiguillage.config.Setting;
import aiguillage.format.Format;
import aiguillage.format.description.FormatFile;
import aiguillage.hub.directory.As4Certificate;
import aiguillage.hub.directory.Country;
import aiguillage.hub.directory.PasswordHash;
import aiguillage.hub.directory.Region;
import aiguillage.hub.directory.Role;
import aiguillage.hub.directory.SshKey;
import aiguillage.hub.entry.EndState;
import aiguillage.pki.EcKeys;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.URI;
import java.security.PublicKey;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The shape of the flows file. The rules that need only one section stand here, all others in [TableChecks].
public record TableFile(
        @Setting(text = "The brands whose documents pass this hub.", example = "opel")
        Map<Brand, BrandSection> brands,

        @Setting(text = "Everybody who may send or read documents.", example = "dealer-7")
        Map<PartyId, PartySection> parties,

        @Setting(text = "The kinds of document and where they go, each by brand/kind.", example = "opel/warranty-claim")
        Map<FlowName, FlowSection> flows,

        @Setting(
                text = "Lists that are published as a whole and read as exact replicas, each by brand/name.",
                fallback = "{}",
                example = "opel/parts-prices")
        Map<DatasetName, DatasetSection> datasets) {

    /// A brand.
    public record BrandSection(
            @Setting(text = "The name people read.", example = "Opel")
            String text) {}

    /// A party.
    public record PartySection(
            @Setting(text = "What it does, in words of your own.", example = "[dealer]", oneOrMany = true)
            List<Role> roles,

            @Setting(text = "The brands it does it for.", example = "[opel]", oneOrMany = true)
            List<Brand> brands,

            @Setting(text = "Where it is, by two letters; routes may depend on it.", example = "fr") @Nullable
            Country country,

            @Setting(text = "Where it keeps what it reads; flows may be held within a region.", example = "eu")
            Region region,

            @Setting(
                    text = "What else rows of datasets are chosen by, each with its values.",
                    fallback = "{}",
                    example = "{ contract: [gold] }",
                    oneOrMany = true)
            Map<String, List<String>> attributes,

            @Setting(
                    text =
                            "The SSH public keys by which it is known at the SFTP door (`listen.sftp` of the hub), each as in a"
                                    + " `.pub` file.",
                    fallback = "[]",
                    example = "[ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIEyB7VmcbtvGJmwMUb7Jqm7wBZaBdVVuvVAdY0jUJxt]",
                    oneOrMany = true)
            List<SshKey> sshKeys,

            @Setting(
                    text =
                            "Whether its signature alone proves who it is, at the listener for old dealer systems (`listen.star-signed`"
                                    + " of the hub).",
                    fallback = "false")
            boolean starSigned,

            @Setting(
                    text =
                            "Lets it come with a password to the doors `listen.sftp` and `listen.ftps` of the hub: the line that"
                                    + " `aiguillage party password` prints. Without it keys and certificates alone count.",
                    example = "pbkdf2-sha256:600000:h2gLzRtSYM2yc0mUZ0VqBQ:1Jx0zGd0Tz8wqkU7dYk4d4n2GZ0hZ5H0H1w6o8yV5nE")
            @Nullable
            PasswordHash password,

            @Setting(
                    text =
                            "The flows whose documents it is given as flat files, each with the format (a folder in `formats`).",
                    fallback = "{}",
                    example = "{ opel/price-list: prices }")
            Map<FlowName, String> flat,

            @Setting(text = "How it speaks AS4 (`doors.as4` of the hub).", fallback = "{}")
            As4Section as4) {

        private static final int SSH_KEYS_MAX = 16;

        public PartySection {
            atLeastOne("roles", roles);
            atLeastOne("brands", brands);
            if (sshKeys.size() > SSH_KEYS_MAX) {
                throw new IllegalArgumentException("a party has at most " + SSH_KEYS_MAX + " SSH keys");
            }
            flat.values().forEach(TableFile::requireFormat);
            if (attributes.containsKey("country") || attributes.containsKey("region")) {
                throw new IllegalArgumentException("`country` and `region` have keys of their own");
            }
        }
    }

    /// How a party speaks AS4.
    public record As4Section(
            @Setting(
                    text =
                            "The certificates its messages may be signed with, beside those it connects with; each as PEM, or the"
                                    + " base64 between its dashes.",
                    fallback = "[]",
                    oneOrMany = true)
            List<As4Certificate> signing,

            @Setting(
                    text =
                            "The certificate that payloads to it are encrypted to: X25519, P-256, or RSA of at least 2,048 bits."
                                    + " Without it they are not encrypted beyond TLS.")
            @Nullable
            As4Certificate encryption,

            @Setting(
                    text =
                            "Where its documents are pushed to, by `https:`; it needs a certificate to sign receipts with. Without"
                                    + " it the party pulls.",
                    example = "https://as4.dealer-7.example/as4")
            @Nullable
            URI url) {

        private static final int SIGNING_MAX = 8;
        private static final int RSA_BITS_MIN = 2_048;

        public As4Section {
            if (signing.size() > SIGNING_MAX) {
                throw new IllegalArgumentException("a party has at most " + SIGNING_MAX + " certificates to sign with");
            }
            if (encryption != null && !canEncrypt(encryption.x509().getPublicKey())) {
                throw new IllegalArgumentException("the key in `encryption` is "
                        + encryption.x509().getPublicKey().getAlgorithm()
                        + "; payloads are encrypted to X25519, to P-256, or to RSA of at least " + RSA_BITS_MIN
                        + " bits");
            }
            if (url != null && (!"https".equals(url.getScheme()) || url.getHost() == null)) {
                throw new IllegalArgumentException(Quoted.of(url.toString())
                        + " is no address to push to: write one as in https://as4.dealer-7.example/as4");
            }
            if (url != null && signing.isEmpty()) {
                throw new IllegalArgumentException(
                        "with `url` the party's receipts must be known by a certificate: add it as `signing`");
            }
        }

        private static boolean canEncrypt(PublicKey key) {
            return key.getAlgorithm().equals("X25519")
                    || key.getAlgorithm().equals("XDH")
                    || EcKeys.isP256(key)
                    || (key instanceof RSAKey rsa && rsa.getModulus().bitLength() >= RSA_BITS_MIN);
        }
    }

    /// Whether documents must be signed.
    public enum Signed {
        OPTIONAL,
        REQUIRED
    }

    /// A flow.
    public record FlowSection(
            @Setting(text = "The roles that may send, for the flow's brand.", example = "dealer", oneOrMany = true)
            List<Role> from,

            @Setting(
                    text = "Who reads: a party, or every party with a role, or the one named by the document.",
                    unit = "party, { role } or { recipient }",
                    example = "opel-centre")
            @Nullable
            Target to,

            @Setting(
                    text = "Parties that get a copy; the sender is not told of them.",
                    fallback = "[]",
                    oneOrMany = true)
            List<PartyId> copies,

            @Setting(
                    text = "Instead of `to`: routes that depend on the envelope. No two may hold for one document.",
                    example = "[{ when: { country: fr }, to: opel-centre-fr }, { otherwise: true, to: opel-centre }]")
            @Nullable
            List<RouteSection> routes,

            @Setting(text = "Documents never reach a party outside this region.", example = "eu") @Nullable
            Region region,

            @Setting(text = "Whether documents must carry a signature.", fallback = "optional")
            Signed signed,

            @Setting(text = "The largest payload.", fallback = "10MB", min = "1B", max = "2GB")
            Bytes payloadMax,

            @Setting(
                    text = "How long a delivery is offered; then it expires.",
                    fallback = "14d",
                    min = "1s",
                    max = "400d")
            Duration offeredFor,

            @Setting(
                    text = "How long the payload is kept; then it goes. At least as long as it is offered.",
                    fallback = "90d",
                    min = "1s",
                    max = "4000d")
            Duration keptFor,

            @Setting(
                    text = "The ends the sender is told of.",
                    fallback = "[delivered, rejected, expired, returned]",
                    oneOrMany = true)
            List<EndState> notices,

            @Setting(
                    text = "What payloads are checked against: a .xsd or .json in the hub's folder of schemas.",
                    example = "warranty-claim.xsd")
            @Nullable
            String schema,

            @Setting(
                    text =
                            "The STAR BOD of this flow: the name of its document element. With it the STAR door takes and gives"
                                    + " its documents.",
                    example = "ProcessWarrantyClaim")
            @Nullable
            String bod,

            @Setting(
                    text =
                            "The formats in which its documents may come as flat files: folders in `formats`. The first that fits"
                                    + " a file's name or media type is taken.",
                    fallback = "[]",
                    example = "[parts-order, orders-d96a]",
                    oneOrMany = true)
            List<String> flat,

            @Setting(
                    text = "What becomes of a flat file with bad records; without, what its format says.",
                    example = "leave-out")
            FormatFile.@Nullable BadRecords badRecords,

            @Setting(
                    text = "Search keys taken from the payload: a path of XML names, or a JSON pointer.",
                    fallback = "{}",
                    example = "{ claim-number: /ProcessWarrantyClaim/ClaimNumber }")
            Map<String, String> keys) {

        private static final int KEYS_MAX = 8;
        private static final int ROUTES_MAX = 500;
        private static final int FORMATS_MAX = 20;
        private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9-]{0,31}");
        private static final Pattern BOD = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,99}");
        private static final Pattern KEY_PATH = Pattern.compile("/[^\\s].{0,255}");

        /// Every step starts with a letter or digit, so no path leads out of the folder.
        private static final Pattern SCHEMA = Pattern.compile(
                "(?:[A-Za-z0-9][A-Za-z0-9._-]{0,63}/){0,4}[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\.(?:xsd|json)");

        public FlowSection {
            atLeastOne("from", from);
            if ((to == null) == (routes == null)) {
                throw new IllegalArgumentException("a flow has either `to` or `routes`: this has "
                        + (to == null ? "neither, so its documents would have nowhere to go" : "both"));
            }
            if (routes != null && routes.size() > ROUTES_MAX) {
                throw new IllegalArgumentException("a flow has at most " + ROUTES_MAX + " routes");
            }
            if (keptFor.compareTo(offeredFor) < 0) {
                throw new IllegalArgumentException("kept-for is " + Durations.shown(keptFor) + ", but offered-for is "
                        + Durations.shown(offeredFor) + ": payloads would go while they are still offered");
            }
            if (schema != null && !SCHEMA.matcher(schema).matches()) {
                throw new IllegalArgumentException(Quoted.of(schema)
                        + " is not a schema: write the name of a .xsd or .json in the hub's folder of schemas");
            }
            if (bod != null && !BOD.matcher(bod).matches()) {
                throw new IllegalArgumentException(Quoted.of(bod)
                        + " is no BOD: write the name of its document element, as in ProcessWarrantyClaim");
            }
            checkFlat(flat);
            checkKeys(keys);
        }

        private static void checkFlat(List<String> formats) {
            if (formats.size() > FORMATS_MAX) {
                throw new IllegalArgumentException("a flow has at most " + FORMATS_MAX + " formats of flat files");
            }
            formats.forEach(TableFile::requireFormat);
        }

        private static void checkKeys(Map<String, String> keys) {
            if (keys.size() > KEYS_MAX) {
                throw new IllegalArgumentException("a flow has at most " + KEYS_MAX + " search keys");
            }
            keys.forEach((name, path) -> {
                if (!KEY.matcher(name).matches()) {
                    throw new IllegalArgumentException(
                            Quoted.of(name) + " is not a search key: use 1 to 32 lower-case letters, digits and '-'");
                }
                if (!KEY_PATH.matcher(path).matches()) {
                    throw new IllegalArgumentException(
                            Quoted.of(path) + " is not a path: start with '/', as in /Claim/Number");
                }
            });
        }
    }

    /// A route.
    public record RouteSection(
            @Setting(
                    text = "The values an envelope must have; without a country of its own, the sender's counts.",
                    unit = "attributes",
                    example = "{ country: [fr, be], modelyear: 2020..2026 }",
                    oneOrMany = true)
            @Nullable
            Map<Attribute, List<Match>> when,

            @Setting(text = "Whether it is for documents for which no `when` holds.", fallback = "false")
            boolean otherwise,

            @Setting(text = "Who reads.", unit = "party, { role } or { recipient }", example = "opel-centre") @Nullable
            Target to,

            @Setting(
                    text = "Instead of `to`: why such documents are refused; the sender reads it.",
                    example = "Claims before 2015 are settled on paper.")
            @Nullable
            String refuse) {

        public RouteSection {
            if (otherwise == (when != null)) {
                throw new IllegalArgumentException(
                        "a route has either `when` or `otherwise: true`: this has " + (otherwise ? "both" : "neither"));
            }
            if ((to == null) == (refuse == null)) {
                throw new IllegalArgumentException("a route has either `to` or `refuse`: this has "
                        + (to == null ? "neither, so its documents would have nowhere to go" : "both"));
            }
            if (when != null) {
                checkWhen(when);
            }
        }

        private static void checkWhen(Map<Attribute, List<Match>> when) {
            if (when.isEmpty()) {
                throw new IllegalArgumentException("this `when` holds for every document: write `otherwise: true`");
            }
            when.forEach((attribute, matches) -> {
                if (matches.isEmpty()) {
                    throw new IllegalArgumentException(
                            "`" + attribute + "` has no value, so no document takes this route: name one");
                }
            });
        }
    }

    static void requireFormat(String name) {
        if (!Format.isName(name)) {
            throw new IllegalArgumentException(Quoted.of(name)
                    + " is no format: write the name of a folder in `formats`, of lower-case letters, digits and '-'");
        }
    }

    static void atLeastOne(String key, List<?> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("`" + key + "` is empty: name at least one");
        }
        if (new HashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("`" + key + "` names one twice: remove one");
        }
    }
}
