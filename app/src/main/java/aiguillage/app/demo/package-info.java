/// The demo: a hub, two dealers' gateways and a warranty centre as processes of their own, a thousand claims, a
/// hub killed in the middle, then a price list; and a table counted from what lies in the folders and is told
/// at the doors.
///
/// ``` dealer-7 (opel, citroen) ─┐                 ┌─ warranty-centre: a gateway, and rules that decide
/// dealer-8 (opel)          ─┴─  hub (killed)  ─┘
/// ```
///
/// The demo itself plays the dealers' management systems: it writes claims into `out` folders ([Workshops]) and
/// looks into `in` folders ([Count]); everything between is the product.
///
/// **The second act** ([Prices]): the manufacturer `opel` publishes a price list ([PriceList]), some prices
/// change, a sealed version opens at its instant, and rows of one dealer's copy are traced. What a dealer has
/// is asked at its local door ([DealerDoor], [Asking]); the trace is the operator's command, in a process of
/// its own.
///
/// **At different doors** (`--doors`): one dealer has a gateway, one speaks STAR, one sends flat files by SFTP,
/// one speaks AS4 ([DoorDms]); the centre sees the same documents, and an [Archive] has all of them as flat
/// files. There is no second act then.
///
/// **In:** how many claims and parts. **Out:** [Figures]. **Knows:** every part but `bench`.
///
/// **Start at** [Demo#run]. **Tests:** `DemoTest`.
@NullMarked
package aiguillage.app.demo;

import org.jspecify.annotations.NullMarked;
