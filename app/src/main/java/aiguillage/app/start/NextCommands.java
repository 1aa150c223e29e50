package aiguillage.app.start;

import aiguillage.protocol.Brand;

/// The page of next commands in a starting folder.
final class NextCommands {

    private static final String CONSOLE = """

            **Or in a browser.** When nobody looks after the hub yet, `hub run` prints a link, which is also in
            `data/first-operator`. Whoever opens it within 24 hours makes a security key and is the hub's administrator; the
            console then leads through the first brand, dealer and document. Add a second key at once, and keep it elsewhere.
            """;

    private NextCommands() {}

    static String markdown(Plan plan) {
        Plan.Member dealer = member(plan, Plan.Role.DEALER);
        Plan.Member centre = member(plan, Plan.Role.CENTRE);
        Brand brand = dealer.brands().getFirst();
        return """
                # The next commands

                Run them in this folder; `aiguillage` stands for the launcher, with its path. Each command has `--help`.

                **1. The certificates' authority.** It prints the root's fingerprint, which every gateway needs once.

                    aiguillage ca init

                **2. The hub**, in a terminal of its own.

                    aiguillage hub run

                **3. A gateway for each party**, each in a terminal of its own: a one-time code, the certificate, the
                gateway.

                    aiguillage party code %1$s
                    aiguillage gateway enrol --config %1$s/gateway.yaml --code CODE --fingerprint FINGERPRINT
                    aiguillage gateway run --config %1$s/gateway.yaml

                    aiguillage party code %2$s
                    aiguillage gateway enrol --config %2$s/gateway.yaml --code CODE --fingerprint FINGERPRINT
                    aiguillage gateway run --config %2$s/gateway.yaml

                **4. A document.** The dealer's management system (DMS) puts a claim into its `out` folder; within a
                second it lies in `done` with the hub's receipt beside it, and in the centre's `in` folder.

                    mkdir -p %1$s/dms/%3$s/out/warranty-claim
                    cp claim.xml %1$s/dms/%3$s/out/warranty-claim/claim.tmp
                    mv %1$s/dms/%3$s/out/warranty-claim/claim.tmp %1$s/dms/%3$s/out/warranty-claim/claim.xml
                    ls %1$s/dms/%3$s/done/warranty-claim %2$s/dms/%3$s/in/warranty-claim

                **5. Where is it, and the proof.** The receipt is checked with the hub's public key and nothing else.

                    aiguillage where "$(grep -om1 'W-[0-9A-Z-]*' claim.xml)"
                    aiguillage receipt verify %1$s/dms/%3$s/done/warranty-claim/claim.xml.receipt.json \\
                        --key data/ledger.vkey

                **6. Have the centre answer** by the demo's rules, in a terminal of its own.

                    aiguillage demo decide --dms %2$s/dms --brand %3$s
                %4$s""".formatted(dealer.id(), centre.id(), brand, plan.listen().console() == null ? "" : CONSOLE);
    }

    private static Plan.Member member(Plan plan, Plan.Role role) {
        return plan.parties().stream()
                .filter(party -> party.role() == role)
                .findFirst()
                .orElseThrow();
    }
}
