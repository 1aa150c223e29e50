package aiguillage.hub.login;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;

/// Where somebody comes from, as far as it can be told apart: an IPv4 address, or the first 56 bits of one of
/// IPv6: providers give a customer that much (RFC 6177, 2), and whoever has one of these has them all.
///
/// @param text in hexadecimal
public record Source(String text) {

    private static final int NETWORK_BYTES = 7;

    public static Source of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new Source(HexFormat.of().formatHex(Arrays.copyOf(bytes, Math.min(bytes.length, NETWORK_BYTES))));
    }
}
