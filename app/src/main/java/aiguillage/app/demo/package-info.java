/// The demo: a hub, two dealers' gateways and a warranty centre as processes of their own, a thousand claims, a hub
/// killed in the middle, and a table counted from what lies in the folders afterwards.
///
/// ```
/// dealer-7 (opel, citroen) ─┐                 ┌─ warranty-centre: a gateway, and rules that decide
/// dealer-8 (opel)          ─┴─  hub (killed)  ─┘
/// ```
///
/// The demo itself plays the dealers' management systems: it writes claims into `out` folders ([Workshops]) and
/// looks
/// into `in` folders ([Count]); everything between is the product.
///
/// **In:** how many claims. **Out:** [Figures]. **Knows:** every part but `bench`.
///
/// **Start at** [Demo#run]. **Tests:** `DemoTest`.
@NullMarked
package aiguillage.app.demo;

import org.jspecify.annotations.NullMarked;
