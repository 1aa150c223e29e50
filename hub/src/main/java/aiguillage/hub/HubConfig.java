package aiguillage.hub;

import aiguillage.config.Address;
import aiguillage.config.Bytes;
import aiguillage.config.Setting;
import aiguillage.hub.alerts.MailSettings;
import aiguillage.hub.directory.Role;
import aiguillage.hub.ftps.PortRange;
import aiguillage.hub.quota.Allowance;
import aiguillage.hub.quota.Multiple;
import aiguillage.protocol.PartyId;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The hub's configuration: the file `hub.yaml`.
public record HubConfig(
        @Setting(
                text = "The hub's own name as a party: in its certificate, its receipts and its notices.",
                example = "hub.example")
        PartyId name,

        @Setting(
                text = "The folder that holds everything the hub keeps. Back it up with `aiguillage hub backup`.",
                fallback = "data")
        Path data,

        @Setting(
                text = "The flows file. It is put into force at the first start; later with `aiguillage flows apply`.",
                fallback = "flows.yaml")
        Path flows,

        @Setting(text = "The folder of the schemas which flows name.", fallback = "schemas")
        Path schemas,

        @Setting(text = "Where parties connect.", fallback = "{}")
        Listeners listen,

        @Setting(text = "The hub's certificates.", fallback = "{}")
        Certificates certificates,

        @Setting(text = "Roots of existing authorities whose certificates are accepted too.", fallback = "[]")
        List<Authority> authorities,

        @Setting(text = "Limits of this machine.", fallback = "{}")
        Limits limits,

        @Setting(text = "Further ways in and out, beside the REST API.", fallback = "{}")
        Ways doors,

        @Setting(text = "The hub's pages for people. Without this key there are none.", example = "{}") @Nullable
        Console console,

        @Setting(
                text = "The mail server that takes alerts by mail. Without this key no mail is sent.",
                example = "{ host: smtp.example, from: hub@example.com }")
        @Nullable
        MailSettings mail) {

    /// Without a mail server.
    public HubConfig(
            PartyId name,
            Path data,
            Path flows,
            Path schemas,
            Listeners listen,
            Certificates certificates,
            List<Authority> authorities,
            Limits limits,
            Ways doors,
            @Nullable Console console) {
        this(name, data, flows, schemas, listen, certificates, authorities, limits, doors, console, null);
    }

    /// With no further doors, no console and no mail server.
    public HubConfig(
            PartyId name,
            Path data,
            Path flows,
            Path schemas,
            Listeners listen,
            Certificates certificates,
            List<Authority> authorities,
            Limits limits) {
        this(name, data, flows, schemas, listen, certificates, authorities, limits, new Ways(false, false), null);
    }

    /// The console.
    public record Console(
            @Setting(
                    text = "Where the console listens: on loopback as plain HTTP, elsewhere over TLS.",
                    fallback = "127.0.0.1:9444")
            Address listen,

            @Setting(
                    text =
                            "What people type to come here, where it is not `http://localhost:<port>`. Security keys are bound to"
                                    + " its host: choose it once.",
                    example = "https://console.example")
            @Nullable
            URI origin,

            @Setting(
                    text =
                            "PEM file with the certificate for browsers, and the authorities above it. Without it the hub's own is"
                                    + " shown, which browsers take once they know the hub's root.",
                    example = "console.pem")
            @Nullable
            Path certificate,

            @Setting(text = "PEM file with the key of that certificate.", example = "console.key") @Nullable
            Path key,

            @Setting(
                    text = "Whether alert rules may call addresses of private networks and of this machine.",
                    fallback = "false")
            boolean alertsToPrivateNetworks) {

        /// What people type to come here, without anything behind it.
        public String home() {
            if (origin != null) {
                return origin(origin);
            }
            InetAddress address = listen.socketAddress().getAddress();
            boolean isPlain = address != null && address.isLoopbackAddress();
            return (isPlain ? "http" : "https") + "://localhost:" + listen.port();
        }

        private static String origin(URI typed) {
            return (typed.getScheme() + "://" + typed.getAuthority()).toLowerCase(Locale.ROOT);
        }

        /// With alerts to the public Internet alone.
        public Console(Address listen, @Nullable URI origin, @Nullable Path certificate, @Nullable Path key) {
            this(listen, origin, certificate, key, false);
        }
    }

    /// Doors that are closed unless they are opened here.
    public record Ways(
            @Setting(
                    text = "STAR's transport (SOAP 1.1) at `/star` of the main listener, for flows with a `bod`.",
                    fallback = "false")
            boolean star,

            @Setting(text = "AS4 (ebMS 3.0) at `/as4` of the main listener.", fallback = "false")
            boolean as4) {}

    /// The listeners.
    public record Listeners(
            @Setting(text = "Documents and mailboxes: TLS 1.3 with a client certificate.", fallback = "0.0.0.0:8443")
            Address main,

            @Setting(text = "Enrolment (EST): TLS, with or without a client certificate.", fallback = "0.0.0.0:8444")
            Address enrolment,

            @Setting(
                    text =
                            "Health, metrics and the operator's commands: plain HTTP, so keep it on loopback or a private"
                                    + " network.",
                    fallback = "127.0.0.1:9443")
            Address operations,

            @Setting(
                    text =
                            "The SFTP door, for parties with `ssh-keys` in the flows file. Without this key it is closed.",
                    example = "0.0.0.0:8022")
            @Nullable
            Address sftp,

            @Setting(
                    text =
                            "STAR's transport for dealer systems without a client certificate: TLS, signed messages of parties with"
                                    + " `star-signed` in the flows file alone. Without this key it is closed.",
                    example = "0.0.0.0:8445")
            @Nullable
            Address starSigned,

            @Setting(
                    text =
                            "The FTPS door (FTP with `AUTH TLS`), for parties with a certificate, or a `password` in the flows"
                                    + " file. Without this key it is closed.",
                    example = "0.0.0.0:8021")
            @Nullable
            Address ftps,

            @Setting(
                    text =
                            "The ports of FTPS data connections, which a firewall lets in too; `0` takes any. As many transfers"
                                    + " go on at once as there are ports.",
                    unit = "first-last",
                    fallback = "50000-50199")
            PortRange ftpsData,

            @Setting(
                    text =
                            "The IPv4 address that the FTPS door announces for data connections, where parties reach this machine"
                                    + " by another one than its own.",
                    example = "203.0.113.5")
            @Nullable
            String ftpsAddress) {

        /// With no further door.
        public Listeners(Address main, Address enrolment, Address operations) {
            this(main, enrolment, operations, null);
        }

        /// With the SFTP door at most.
        public Listeners(Address main, Address enrolment, Address operations, @Nullable Address sftp) {
            this(main, enrolment, operations, sftp, null, null, new PortRange(0, 0), null);
        }
    }

    /// The hub's own certificate, and those it issues.
    public record Certificates(
            @Setting(
                    text = "The folder made by `aiguillage ca init`; the hub needs only its `issuing` part.",
                    fallback = "ca")
            Path authority,

            @Setting(
                    text = "The host names and IP addresses under which parties reach this hub.",
                    fallback = "[localhost, 127.0.0.1]")
            List<String> names,

            @Setting(
                    text = "How long a certificate holds; gateways renew theirs at two thirds.",
                    fallback = "30d",
                    min = "1m",
                    max = "825d")
            Duration lifetime) {}

    /// An existing authority.
    public record Authority(
            @Setting(text = "PEM file of its root certificate.", example = "corporate-root.pem")
            Path root,

            @Setting(
                    text = "PEM file of the certificate that signs the parties' certificates and the revocation list.",
                    example = "corporate-issuing.pem")
            Path issuing,

            @Setting(
                    text = "Where its revocation list is: `file:`, `http:` or `https:`.",
                    example = "http://pki.example/list.crl")
            URI revocationList,

            @Setting(
                    text =
                            "How long past its next update the list is still believed. After that new documents are refused with"
                                    + " revocation-unknown; deliveries go on.",
                    fallback = "24h")
            Duration grace) {}

    /// Limits.
    public record Limits(
            @Setting(
                    text = "While less is free on the disk, new documents are refused and deliveries go on.",
                    fallback = "1GB",
                    min = "1MB")
            Bytes freeSpaceMin,

            @Setting(
                    text =
                            "The most connections of parties, on the main listener; the enrolment listener has at most 512 of"
                                    + " its own.",
                    fallback = "20000",
                    min = "10",
                    max = "1000000")
            int connectionsMax,

            @Setting(
                    text = "What each party may ask of this hub. Beyond it, it is answered 429 with Retry-After.",
                    fallback = "{}")
            Allowance eachParty,

            @Setting(
                    text = "Roles that may ask a multiple of that. Of several roles of a party the greatest counts.",
                    unit = "multiple by role",
                    fallback = "{}",
                    example = "{ centre: 20 }")
            Map<Role, Multiple> roleMultiples,

            @Setting(
                    text = "Parties that may ask a multiple of that, whatever their roles.",
                    unit = "multiple by party",
                    fallback = "{}",
                    example = "{ opel-centre: 50 }")
            Map<PartyId, Multiple> partyMultiples) {

        /// With the usual allowance for every party.
        public Limits(Bytes freeSpaceMin, int connectionsMax) {
            this(freeSpaceMin, connectionsMax, Allowance.USUAL, Map.of(), Map.of());
        }
    }
}
