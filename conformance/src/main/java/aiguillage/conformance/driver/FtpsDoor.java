package aiguillage.conformance.driver;

import java.util.Map;

/// FTP over TLS (RFC 959, 3659, 4217): the same tree as by [SftpDoor], with the party's client certificate.
public final class FtpsDoor implements Door {

    private static final Words THE_USER_NAME = new Words(
            "L'expéditeur est le nom d'utilisateur, et c'est celui du certificat : un autre n'ouvre rien.",
            "The sender is the user name, and it is the certificate's: another opens nothing.");

    @Override
    public String name() {
        return "ftps";
    }

    @Override
    public boolean isOpenAt(Place place) {
        return place.ftps() != null;
    }

    @Override
    public DealerDriver open(Identity identity, Place place) {
        return new TreeDriver(identity, place, FtpsLine::open, FileForm.AS_THEY_ARE);
    }

    @Override
    public Map<String, Words> inexpressible() {
        return TreeDriver.INEXPRESSIBLE;
    }

    @Override
    public Map<String, Otherwise> otherwise() {
        return TreeDriver.otherwise(THE_USER_NAME);
    }
}
