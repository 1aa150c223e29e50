package aiguillage.gateway;

import aiguillage.config.Address;
import aiguillage.config.Bytes;
import aiguillage.config.OneTimeSecret;
import aiguillage.config.Secret;
import aiguillage.config.Setting;
import aiguillage.gateway.export.Star;
import aiguillage.protocol.Brand;
import aiguillage.protocol.DatasetName;
import aiguillage.protocol.FlowName;
import aiguillage.protocol.PartyId;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `gateway.yaml`.
public record GatewayConfig(
        @Setting(text = "Who this gateway is: the party that its certificate names.", example = "dealer-7")
        PartyId party,

        @Setting(
                text = "Where the gateway keeps its outbox, inbox and identity. On the same disk as `dms`: files are"
                        + " renamed from one to the other.",
                fallback = "data")
        Path data,

        @Setting(text = "The folders through which the DMS sends and receives, one per brand.", fallback = "dms")
        Path dms,

        @Setting(
                text = "The hubs, and which brands each serves. A brand belongs to one hub.",
                example = "[{ name: main, addresses: [https://hub.example.com:8443], brands: [opel] }]")
        List<HubSection> hubs,

        @Setting(text = "How the gateway gets its certificate and renews it.", fallback = "{}")
        IdentitySection identity,

        @Setting(
                text = "Flows whose documents are signed (RFC 9421), so that each can be proven to third parties;"
                        + " `[all]` signs every one.",
                fallback = "[]",
                example = "[opel/warranty-claim]")
        List<String> signed,

        @Setting(text = "An HTTP proxy that all connections to hubs go through, enrolment too.") @Nullable
        ProxySection proxy,

        @Setting(text = "The local REST door for the DMS.", fallback = "{}")
        DoorSection door,

        @Setting(text = "The page for people, at the local door and, if wanted, in the local network.", fallback = "{}")
        PageSection page,

        @Setting(
                text = "How long a file's size and time must stand still before it counts as complete. `0ms` for a DMS"
                        + " that writes under a name ending in `.tmp` and renames.",
                fallback = "1s",
                max = "10m")
        Duration settle,

        @Setting(
                text = "How often the folders are looked at, besides at each change the system reports.",
                fallback = "5s",
                min = "100ms",
                max = "10m")
        Duration look,

        @Setting(
                text = "With less free space than this nothing new is taken or fetched; nothing is lost.",
                fallback = "100MB")
        Bytes freeSpaceMin,

        @Setting(
                text = "How long the gateway remembers what became of a document.",
                fallback = "30d",
                min = "1d",
                max = "3650d")
        Duration keepAnswers,

        @Setting(
                text = "The datasets of this dealer, as price lists: replicas that the hub keeps up to date.",
                fallback = "{}")
        DatasetsSection datasets,

        @Setting(
                text = "Datasets that are written as files, for a DMS that does not ask the local door.",
                fallback = "[]",
                example = "[{ dataset: opel/parts-prices, decimal-comma: true }]")
        List<ExportSection> exports,

        @Setting(text = "How patient the gateway is with a line.", fallback = "{}")
        LineSection line) {

    private static final String ALL = "all";

    public GatewayConfig {
        hubs = List.copyOf(hubs);
        signed = List.copyOf(signed);
        exports = List.copyOf(exports);
        Map<Brand, String> servedBy = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (HubSection hub : hubs) {
            if (!names.add(hub.name())) {
                throw new IllegalArgumentException("two hubs are called " + hub.name() + "; give each its own name");
            }
            for (Brand brand : hub.brands()) {
                String other = servedBy.put(brand, hub.name());
                if (other != null) {
                    throw new IllegalArgumentException("brand " + brand + " is served by hub " + other + " and by hub "
                            + hub.name() + "; a brand belongs to one hub");
                }
            }
        }
        Set<String> files = new HashSet<>();
        for (ExportSection export : exports) {
            if (!files.add(export.dataset() + " " + export.format())) {
                throw new IllegalArgumentException("exports has " + export.dataset()
                        + " twice in one format; their files would have one name: leave one of them out");
            }
            if (!servedBy.containsKey(export.dataset().brand())) {
                throw new IllegalArgumentException("exports names " + export.dataset()
                        + ", and no hub serves its brand; add the brand to a hub's brands");
            }
        }
        for (String flow : signed) {
            if (!flow.equals(ALL)) {
                FlowName.of(flow);
            }
        }
    }

    /// All brands, in the order of the hubs.
    public List<Brand> brands() {
        return hubs.stream().flatMap(hub -> hub.brands().stream()).toList();
    }

    boolean signs(FlowName flow) {
        return signed.contains(ALL) || signed.contains(flow.toString());
    }

    /// One hub.
    public record HubSection(
            @Setting(text = "What this hub is called here: lower-case letters, digits and `-`.", example = "main")
            String name,

            @Setting(
                    text = "Where it answers. The first one that works is kept.",
                    example = "[https://hub.example.com:8443]",
                    oneOrMany = true)
            List<URI> addresses,

            @Setting(text = "The brands it serves for this dealer.", example = "[opel]", oneOrMany = true)
            List<Brand> brands) {

        public HubSection {
            addresses = List.copyOf(addresses);
            brands = List.copyOf(brands);
            if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
                throw new IllegalArgumentException(
                        "\"" + name + "\" is no name for a hub: use 1 to 32 lower-case letters, digits and '-'");
            }
            if (addresses.isEmpty() || brands.isEmpty()) {
                throw new IllegalArgumentException("hub " + name + " needs at least one address and one brand");
            }
            for (URI address : addresses) {
                if (!"https".equals(address.getScheme()) || address.getHost() == null) {
                    throw new IllegalArgumentException(
                            "\"" + address + "\" is no hub address; write https://<host>:<port>");
                }
            }
        }
    }

    /// The certificate.
    public record IdentitySection(
            @Setting(
                    text = "Where certificates are enrolled and renewed (EST). Without it the certificate is not"
                            + " renewed.",
                    example = "https://hub.example.com:8444")
            @Nullable
            URI enrolment,

            @Setting(
                    text = "The one-time code from the hub's operator, used at the first start, and again when it is a"
                            + " new one. A code that was used may be removed.",
                    example = "file:code.txt")
            @Nullable
            OneTimeSecret code,

            @Setting(
                    text = "SHA-256 fingerprint of the hub's root certificate, from its operator; needed at the first"
                            + " start.")
            @Nullable
            String fingerprint,

            @Setting(
                    text = "Key and certificate of an existing corporate authority, one PEM file, mode 0600, instead"
                            + " of an enrolment.")
            @Nullable
            Path credential,

            @Setting(text = "The roots the hubs are checked against (PEM), where they are not learned by fingerprint.")
            @Nullable
            Path root) {}

    /// An HTTP proxy.
    public record ProxySection(
            @Setting(text = "Where the proxy answers.", example = "proxy.example.com:3128")
            Address address,

            @Setting(text = "The user it asks for.", example = "dealer") @Nullable
            String user,

            @Setting(text = "That user's password.", example = "file:proxy-password.txt") @Nullable
            Secret password) {

        public ProxySection {
            if ((user == null) != (password == null)) {
                throw new IllegalArgumentException("a proxy has both user and password, or neither");
            }
        }
    }

    /// The local REST door.
    public record DoorSection(
            @Setting(text = "Whether there is one.", fallback = "true")
            boolean open,

            @Setting(
                    text = "Where it answers; a loopback address, since it speaks plain HTTP.",
                    fallback = "127.0.0.1:8480")
            Address listen,

            @Setting(text = "The largest document it takes.", fallback = "2GB")
            Bytes documentMax) {}

    /// The dealer's page.
    public record PageSection(
            @Setting(text = "Whether there is one.", fallback = "true")
            boolean open,

            @Setting(
                    text = "Whether it asks for a link of `aiguillage gateway page-link` on this computer too, as it"
                            + " always does in the local network. Without it, every person and program on this"
                            + " computer reads the documents of all brands.",
                    fallback = "true")
            boolean signIn,

            @Setting(
                    text = "Where it answers in the local network, over TLS. Without it, it answers at the local door"
                            + " alone.",
                    example = "0.0.0.0:8481")
            @Nullable
            Address listen,

            @Setting(
                    text = "With `listen`, the names and addresses under which browsers reach it, without port.",
                    fallback = "[]",
                    example = "[passerelle.garage.lan, 192.168.1.20]",
                    oneOrMany = true)
            List<String> names,

            @Setting(
                    text = "With `listen`, key and certificate of your own, one PEM file, mode 0600. Without it, the"
                            + " gateway makes one, and `page-link` prints its fingerprint.")
            @Nullable
            Path certificate) {

        public PageSection {
            names = List.copyOf(names);
            if (listen != null && names.isEmpty()) {
                throw new IllegalArgumentException("a page in the local network needs names: the name or address that"
                        + " people type, as in names: [192.168.1.20]; it answers under no other one");
            }
        }
    }

    /// Replicas.
    public record DatasetsSection(
            @Setting(
                    text = "How long the gateway remembers what held, to answer for earlier days.",
                    fallback = "400d",
                    min = "1d",
                    max = "3650d")
            Duration history) {}

    /// One dataset as files.
    public record ExportSection(
            @Setting(text = "Which dataset.", example = "opel/parts-prices")
            DatasetName dataset,

            @Setting(
                    text = "How the files are written: lines of cells, or a ShowPartsPriceList of STAR.",
                    fallback = "csv")
            ExportFormat format,

            @Setting(
                    text =
                            "With `star`, for each column the path from the line to its element or attribute. Those with a"
                                    + " row's first and last day need none.",
                    fallback = "{}",
                    example = "{ part: PartsProductItem/ItemID, price: Price[PriceCode=Unit Price]/ChargeAmount }")
            Map<String, String> names,

            @Setting(
                    text = "With `star` and `delta`, the path from the line to what happened to it.",
                    fallback = Star.ACTION)
            String action,

            @Setting(text = "What stands between two cells.", fallback = "\";\"")
            String separator,

            @Setting(text = "Decimals with a comma, as 12,50.", fallback = "false")
            boolean decimalComma,

            @Setting(
                    text = "How characters become bytes, as `UTF-8`, `windows-1252` or `ISO-8859-1`.",
                    fallback = "UTF-8")
            String charset,

            @Setting(
                    text =
                            "Only what changed since the last file, with a first column `action` (`put`, `remove`), or with"
                                    + " `star` the element `action`; the first file is whole.",
                    fallback = "false")
            boolean delta) {

        public ExportSection {
            names = Map.copyOf(names);
            if (separator.length() != 1 || separator.equals("\"") || Character.isLetterOrDigit(separator.charAt(0))) {
                throw new IllegalArgumentException("\"" + separator
                        + "\" is no separator: write one character that is no letter, digit or quotation mark");
            }
            if (decimalComma && separator.equals(",")) {
                throw new IllegalArgumentException(
                        "decimals with a comma cannot be separated by commas: set separator, as \";\"");
            }
            if (!Charset.isSupported(charset)) {
                throw new IllegalArgumentException("\"" + charset + "\" is no charset here: write UTF-8 or another");
            }
            requireStar(format == ExportFormat.STAR, names, decimalComma);
            Star.check(names, action);
        }

        private static void requireStar(boolean isStar, Map<String, String> names, boolean decimalComma) {
            if (isStar == names.isEmpty()) {
                throw new IllegalArgumentException(
                        isStar
                                ? "star needs names: for each column the path to its element"
                                : "names are of star: leave them out, or write format: star");
            }
            if (isStar && decimalComma) {
                throw new IllegalArgumentException("STAR writes decimals with a point: leave decimal-comma out");
            }
        }
    }

    /// How an export is written.
    public enum ExportFormat {
        CSV,
        STAR
    }

    /// Patience.
    public record LineSection(
            @Setting(
                    text = "How long the hub may send nothing, not even a beat, before the line counts as dead.",
                    fallback = "45s",
                    min = "1s",
                    max = "10m")
            Duration silenceMax,

            @Setting(text = "The first wait after a failure.", fallback = "500ms", min = "10ms", max = "1m")
            Duration retryFirst,

            @Setting(text = "The longest wait between two tries.", fallback = "30s", min = "100ms", max = "1h")
            Duration retryLongest) {}
}
