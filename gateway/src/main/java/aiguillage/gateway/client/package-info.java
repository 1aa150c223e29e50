/// For whoever writes a DMS in Java: [PriceBook] asks the gateway on the same machine what holds. It needs the JDK and
/// Jackson, nothing else of this product: copy the two files if you like.
///
/// **In:** the door's address and the brand's token. **Out:** [Answer]s. **Knows:** nothing. **Start at** [PriceBook].
/// **Tests:** `DatasetsAtTheDealerTest`.
@NullMarked
package aiguillage.gateway.client;

import org.jspecify.annotations.NullMarked;
