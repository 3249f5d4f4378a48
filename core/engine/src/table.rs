//! The operation table. Every door is made from it: typed methods, the JSON dispatcher, schemas, the reference
//! page, bindings, the bad-input tests. A new operation is one request type, one reply type, one function and
//! one row here.

/// Calls `$door!` with every operation:
/// `kind "json.name" method(Request) -> Reply = function, "what it does";`
///
/// `kind` is `write` (one transaction, one journal entry) or `read` (a snapshot, nothing written).
#[macro_export]
macro_rules! for_each_operation {
    ($door:ident) => {
        $door! {
            write "venue.add" venue_add($crate::ops::venue::VenueAdd) -> $crate::ops::venue::VenueAdded = $crate::ops::venue::add,
                "Adds a venue, its default zone and its counter-accounts.";
            write "venue.change" venue_change($crate::ops::venue::VenueChange) -> $crate::ops::venue::VenueChanged = $crate::ops::venue::change,
                "Changes a venue.";
            read "venue.list" venue_list($crate::ops::venue::VenueList) -> $crate::ops::venue::VenueListed = $crate::ops::venue::list,
                "Lists the venues.";
            write "operator.add" operator_add($crate::ops::operator::OperatorAdd) -> $crate::ops::operator::OperatorAdded = $crate::ops::operator::add,
                "Adds a member of staff or a device that acts.";
            read "operator.list" operator_list($crate::ops::operator::OperatorList) -> $crate::ops::operator::OperatorListed = $crate::ops::operator::list,
                "Lists the operators.";
            write "category.add" category_add($crate::ops::service::CategoryAdd) -> $crate::ops::service::CategoryAdded = $crate::ops::service::add_category,
                "Adds a category of services.";
            write "service.add" service_add($crate::ops::service::ServiceAdd) -> $crate::ops::service::ServiceAdded = $crate::ops::service::add,
                "Adds a service to the price list.";
            write "service.change" service_change($crate::ops::service::ServiceChange) -> $crate::ops::service::ServiceChanged = $crate::ops::service::change,
                "Changes a service; what was sold keeps its old price.";
            read "service.list" service_list($crate::ops::service::ServiceList) -> $crate::ops::service::ServiceListed = $crate::ops::service::list,
                "Lists categories and services.";
            write "client.add" client_add($crate::ops::client::ClientAdd) -> $crate::ops::client::ClientAdded = $crate::ops::client::add,
                "Adds a client. Any field may be empty.";
            write "client.change" client_change($crate::ops::client::ClientChange) -> $crate::ops::client::ClientChanged = $crate::ops::client::change,
                "Sets or clears fields of a client.";
            write "client.tag" client_tag($crate::ops::client::ClientTag) -> $crate::ops::client::ClientTagged = $crate::ops::client::tag,
                "Attaches a tag to a client.";
            read "client.get" client_get($crate::ops::client::ClientGet) -> $crate::ops::client::ClientGot = $crate::ops::client::get,
                "Returns one client.";
            read "client.find" client_find($crate::ops::client::ClientFind) -> $crate::ops::client::ClientFound = $crate::ops::client::find,
                "Finds clients by name, phone, e-mail, card or external id.";
            write "client.put" client_put($crate::ops::client_put::ClientPut) -> $crate::ops::client_put::ClientPutDone = $crate::ops::client_put::put,
                "Adds the client with a key in another system, or changes the one that has it.";
            read "external_id.find" external_id_find($crate::ops::client_put::ExternalIdFind) -> $crate::ops::client_put::ExternalIdFound = $crate::ops::client_put::find,
                "Finds what has a key in another system.";
            read "report.sources" report_sources($crate::ops::sources::ReportSources) -> $crate::ops::sources::Sources = $crate::ops::sources::sources,
                "Clients added in a period, by where they heard of the venue.";
            write "client.comment_add" client_comment_add($crate::ops::comment::ClientCommentAdd) -> $crate::ops::comment::Commented = $crate::ops::comment::add,
                "Writes a comment about a client.";
            write "client.comment_remove" client_comment_remove($crate::ops::comment::ClientCommentRemove) -> $crate::ops::comment::Commented = $crate::ops::comment::remove,
                "Removes a comment: who and when stays, the text goes.";
            read "client.comments" client_comments($crate::ops::comment::ClientComments) -> $crate::ops::comment::Comments = $crate::ops::comment::list,
                "Lists the comments about a client, newest first.";
            write "client.consent" client_consent($crate::ops::comment::ClientConsent) -> $crate::ops::comment::Consented = $crate::ops::comment::consent,
                "Writes down that a client agrees to something, or does no more.";
            read "client.consents" client_consents($crate::ops::comment::ClientConsents) -> $crate::ops::comment::Consents = $crate::ops::comment::consents,
                "Lists what a client agreed to, newest first.";
            write "client.photo_set" client_photo_set($crate::ops::client_file::ClientPhotoSet) -> $crate::ops::client_file::PhotoSet = $crate::ops::client_file::photo_set,
                "Sets the photo of a client: its bytes, or where the host keeps it.";
            read "client.photo_get" client_photo_get($crate::ops::client_file::ClientPhotoGet) -> $crate::ops::client_file::PhotoGot = $crate::ops::client_file::photo_get,
                "Returns the photo of a client.";
            write "client.photo_remove" client_photo_remove($crate::ops::client_file::ClientPhotoRemove) -> $crate::ops::client_file::PhotoRemoved = $crate::ops::client_file::photo_remove,
                "Removes the photo of a client.";
            write "client.file_add" client_file_add($crate::ops::client_file::ClientFileAdd) -> $crate::ops::client_file::FileAdded = $crate::ops::client_file::add,
                "Adds a file to a client.";
            read "client.files" client_files($crate::ops::client_file::ClientFiles) -> $crate::ops::client_file::Files = $crate::ops::client_file::list,
                "Lists the files of a client, newest first.";
            read "client.file_get" client_file_get($crate::ops::client_file::ClientFileGet) -> $crate::ops::client_file::FileGot = $crate::ops::client_file::get,
                "Returns a file of a client.";
            write "client.file_remove" client_file_remove($crate::ops::client_file::ClientFileRemove) -> $crate::ops::client_file::FileRemoved = $crate::ops::client_file::remove,
                "Removes a file of a client.";
            write "operator.change" operator_change($crate::ops::operator::OperatorChange) -> $crate::ops::operator::OperatorChanged = $crate::ops::operator::change,
                "Changes an operator: name, rights, keys.";
            write "field.add" field_add($crate::ops::chart::FieldAdd) -> $crate::ops::chart::FieldDone = $crate::ops::chart::add,
                "Adds a field to the chart of the venue's clients.";
            write "field.change" field_change($crate::ops::chart::FieldChange) -> $crate::ops::chart::FieldDone = $crate::ops::chart::change,
                "Changes a field of the chart.";
            read "field.list" field_list($crate::ops::chart::FieldList) -> $crate::ops::chart::Fields = $crate::ops::chart::list,
                "Lists the fields of the venue's chart.";
            write "client.chart_set" client_chart_set($crate::ops::chart::ClientChartSet) -> $crate::ops::chart::ChartSet = $crate::ops::chart::set,
                "Writes into the chart of a client.";
            read "client.chart_get" client_chart_get($crate::ops::chart::ClientChartGet) -> $crate::ops::chart::Chart = $crate::ops::chart::get,
                "Returns the chart of a client, without what is sensitive.";
            write "client.chart_open" client_chart_open($crate::ops::chart::ClientChartOpen) -> $crate::ops::chart::Chart = $crate::ops::chart::open,
                "Returns the whole chart to an operator who may read it, and notes that it was read.";
            read "client.chart_readers" client_chart_readers($crate::ops::chart::ClientChartReaders) -> $crate::ops::chart::ChartReaders = $crate::ops::chart::readers,
                "Lists who opened the chart of a client.";
            write "household.add" household_add($crate::ops::household::HouseholdAdd) -> $crate::ops::household::HouseholdDone = $crate::ops::household::add,
                "Adds a household.";
            write "household.change" household_change($crate::ops::household::HouseholdChange) -> $crate::ops::household::HouseholdDone = $crate::ops::household::change,
                "Changes a household: its name, who belongs to it.";
            read "company.guests" company_guests($crate::ops::household::CompanyGuests) -> $crate::ops::household::Guests = $crate::ops::household::guests,
                "Lists who belongs to a company.";
            write "client.invite" client_invite($crate::ops::message::ClientInvite) -> $crate::ops::message::Invited = $crate::ops::message::invite,
                "Invites a client to an online account: a message with a token is queued.";
            write "client.activate" client_activate($crate::ops::message::ClientActivate) -> $crate::ops::message::Activated = $crate::ops::message::activate,
                "Takes an invitation up. A token that does nothing is an attempt that is refused.";
            read "message.list" message_list($crate::ops::message::MessageList) -> $crate::ops::message::Outbox = $crate::ops::message::list,
                "Lists what waits in the outbox, with addresses and tokens.";
            write "message.done" message_done($crate::ops::message::MessageDone) -> $crate::ops::message::MessageMarked = $crate::ops::message::done,
                "Writes down that a message was sent, or could not be.";
            read "client.overview" client_overview($crate::ops::overview::ClientOverview) -> $crate::ops::overview::Overview = $crate::ops::overview::overview,
                "Everything about a client in one reply.";
            read "client.search" client_search($crate::ops::search::ClientSearch) -> $crate::ops::search::ClientSearched = $crate::ops::search::search,
                "Finds clients by whatever is typed at the desk, the best match first.";
            write "card.add" card_add($crate::ops::card::CardAdd) -> $crate::ops::card::CardAdded = $crate::ops::card::add,
                "Issues a card to a client.";
            read "card.find" card_find($crate::ops::card::CardFind) -> $crate::ops::card::CardFound = $crate::ops::card::find,
                "Finds a card by what the reader sends.";
            write "card.block" card_block($crate::ops::card::CardBlock) -> $crate::ops::card::CardDone = $crate::ops::card::block,
                "Blocks a card: it opens nothing until it is free again.";
            write "card.unblock" card_unblock($crate::ops::card::CardUnblock) -> $crate::ops::card::CardDone = $crate::ops::card::unblock,
                "Frees a card that is blocked.";
            write "card.return" card_return($crate::ops::card::CardReturn) -> $crate::ops::card::CardDone = $crate::ops::card::give_back,
                "Takes a card back: it can be issued again to anybody.";
            write "card.replace" card_replace($crate::ops::card::CardReplace) -> $crate::ops::card::CardAdded = $crate::ops::card::replace,
                "Blocks a card and issues another one to its client.";
            write "plan.add" plan_add($crate::ops::plan::PlanAdd) -> $crate::ops::plan::PlanAdded = $crate::ops::plan::add,
                "Adds a plan to the price list.";
            write "plan.change" plan_change($crate::ops::plan::PlanChange) -> $crate::ops::plan::PlanChanged = $crate::ops::plan::change,
                "Changes a plan; only the next sale is affected.";
            write "plan.deactivate" plan_deactivate($crate::ops::plan::PlanDeactivate) -> $crate::ops::plan::PlanChanged = $crate::ops::plan::deactivate,
                "Takes a plan out of online sale, and from the desk if asked; holders go on.";
            write "plan.delete" plan_delete($crate::ops::plan::PlanDelete) -> $crate::ops::plan::PlanChanged = $crate::ops::plan::delete,
                "Deletes a plan: its passes are suspended, reversibly.";
            read "plan.list" plan_list($crate::ops::plan::PlanList) -> $crate::ops::plan::PlanListed = $crate::ops::plan::list,
                "Lists the plans, or those for sale through one channel.";
            write "pass.sell" pass_sell($crate::ops::pass_sell::PassSell) -> $crate::ops::pass_sell::PassSold = $crate::ops::pass_sell::sell,
                "Sells a plan to a client.";
            read "pass.get" pass_get($crate::ops::pass::PassGet) -> $crate::ops::pass::PassView = $crate::ops::pass::get,
                "Returns one pass with its state and rest.";
            read "pass.list" pass_list($crate::ops::pass::PassList) -> $crate::ops::pass::PassListed = $crate::ops::pass::list,
                "Lists passes of a client, of a plan, or those that end soon.";
            write "pass.cancel" pass_cancel($crate::ops::pass_cancel::PassCancel) -> $crate::ops::pass_cancel::PassCancelled = $crate::ops::pass_cancel::cancel,
                "Cancels a pass, now or at its end; refunds what is asked for, the rest of its value lapses.";
            read "pass.quote" pass_quote($crate::ops::pass_use::PassQuote) -> $crate::ops::pass_use::PassQuoted = $crate::ops::pass_use::quote,
                "Lists every pass that would pay for a service, in order, and for every other pass why not.";
            write "pass.use" pass_use($crate::ops::pass_use::PassUseNow) -> $crate::ops::pass_use::PassUsed = $crate::ops::pass_use::use_now,
                "Uses a pass for a service without a door: takes the visits or credit.";
            write "pass.freeze" pass_freeze($crate::ops::pass_freeze::PassFreeze) -> $crate::ops::pass_freeze::PassFrozen = $crate::ops::pass_freeze::freeze,
                "Freezes a pass: it cannot be used for some days, and its end moves by them.";
            write "pass.unfreeze" pass_unfreeze($crate::ops::pass_freeze::PassUnfreeze) -> $crate::ops::pass_freeze::PassUnfrozen = $crate::ops::pass_freeze::unfreeze,
                "Ends a freeze today, or calls off one that has not begun.";
            write "pass.freeze_all" pass_freeze_all($crate::ops::pass_freeze::PassFreezeAll) -> $crate::ops::pass_freeze::PassesFrozen = $crate::ops::pass_freeze::freeze_all,
                "Freezes all open passes of the venue, or those of one plan.";
            write "pass.extend" pass_extend($crate::ops::pass_change::PassExtend) -> $crate::ops::pass_change::PassChanged = $crate::ops::pass_change::extend,
                "Moves the end of a pass on, also of one that has ended.";
            write "pass.change" pass_change($crate::ops::pass_change::PassChange) -> $crate::ops::pass_change::PassChanged = $crate::ops::pass_change::change,
                "Edits a pass: its last day, its notes, whether it renews by itself.";
            read "pass.history" pass_history($crate::ops::pass_change::PassHistory) -> $crate::ops::pass_change::PassEvents = $crate::ops::pass_change::history,
                "What was done to a pass after its sale, with what it was before and after.";
            write "pass.renew" pass_renew($crate::ops::pass_renew::PassRenew) -> $crate::ops::pass_sell::PassSold = $crate::ops::pass_renew::renew,
                "Sells the pass that follows another, from its end on.";
            read "renewal.due" renewal_due($crate::ops::pass_renew::RenewalDue) -> $crate::ops::pass_renew::RenewalsDue = $crate::ops::pass_renew::due,
                "Lists the passes that renew by themselves and whose payment is due.";
            write "renewal.failed" renewal_failed($crate::ops::pass_renew::RenewalFailed) -> $crate::ops::pass_renew::RenewalNoted = $crate::ops::pass_renew::failed,
                "Records that the payment of a renewal failed.";
            write "pass.transfer" pass_transfer($crate::ops::pass_hand::PassTransfer) -> $crate::ops::pass_hand::PassTransferred = $crate::ops::pass_hand::transfer,
                "Gives a pass to another client.";
            write "pass.replace" pass_replace($crate::ops::pass_hand::PassReplace) -> $crate::ops::pass_hand::PassReplaced = $crate::ops::pass_hand::replace,
                "Changes a pass for one of another plan; what it is still worth pays for the new one.";
            write "booking.add" booking_add($crate::ops::booking::BookingAdd) -> $crate::ops::booking::BookingDone = $crate::ops::booking::add,
                "Books a service; a pass pays for it when it is made, or when it is attended.";
            write "booking.cancel" booking_cancel($crate::ops::booking::BookingCancel) -> $crate::ops::booking::BookingCancelled = $crate::ops::booking::cancel,
                "Calls a booking off, and gives back what it took.";
            write "booking.attend" booking_attend($crate::ops::booking::BookingAttend) -> $crate::ops::booking::BookingDone = $crate::ops::booking::attend,
                "Writes down that the client came.";
            read "booking.list" booking_list($crate::ops::booking::BookingList) -> $crate::ops::booking::BookingListed = $crate::ops::booking::list,
                "Lists the bookings of a client, or of the venue, by their beginning.";
            write "pass.adjust" pass_adjust($crate::ops::adjust::PassAdjust) -> $crate::ops::adjust::Adjusted = $crate::ops::adjust::pass,
                "Gives a pass visits or credit or takes some away, by hand.";
            write "account.top_up" account_top_up($crate::ops::account::AccountTopUp) -> $crate::ops::account::AccountMoved = $crate::ops::account::top_up,
                "Puts money on a client's account.";
            write "account.charge" account_charge($crate::ops::account::AccountCharge) -> $crate::ops::account::AccountMoved = $crate::ops::account::charge,
                "Pays from a client's account.";
            write "account.adjust" account_adjust($crate::ops::adjust::AccountAdjust) -> $crate::ops::adjust::Adjusted = $crate::ops::adjust::account,
                "Gives a client money or takes some away, by hand.";
            write "account.limit" account_limit($crate::ops::account::AccountLimit) -> $crate::ops::account::AccountLimited = $crate::ops::account::limit,
                "Sets how far a client's account may be used beyond what is on it.";
            read "account.balance" account_balance($crate::ops::account::AccountBalance) -> $crate::ops::overview::Balance = $crate::ops::account::balance,
                "What can be spent from a client's account.";
            read "account.statement" account_statement($crate::ops::statement::AccountStatement) -> $crate::ops::statement::Statement = $crate::ops::statement::statement,
                "Lists the movements of an account with a running balance.";
            write "pass.import" pass_import($crate::ops::pass_import::PassImport) -> $crate::ops::pass_import::PassImported = $crate::ops::pass_import::import,
                "Takes a running pass over from an older system, once.";
            write "account.import" account_import($crate::ops::account_import::AccountImport) -> $crate::ops::account_import::AccountImported = $crate::ops::account_import::import,
                "Takes a client's balance or debt over from an older system, once.";
            read "report.opening" report_opening($crate::ops::opening::ReportOpening) -> $crate::ops::opening::Openings = $crate::ops::opening::report,
                "What was taken over from older systems: counts and totals.";
            write "hold.place" hold_place($crate::ops::hold::HoldPlace) -> $crate::ops::hold::HoldPlaced = $crate::ops::hold::place,
                "Holds money, visits or credit for a client: all of it or nothing, until a time.";
            write "hold.capture" hold_capture($crate::ops::hold::HoldCapture) -> $crate::ops::hold::HoldCaptured = $crate::ops::hold_capture::capture,
                "Takes what is held, less of it, or more within the limit of the hold; the rest is free.";
            write "hold.release" hold_release($crate::ops::hold::HoldRelease) -> $crate::ops::hold::HoldReleased = $crate::ops::hold::release,
                "Frees what is held.";
            read "hold.get" hold_get($crate::ops::hold::HoldGet) -> $crate::ops::hold::HoldView = $crate::ops::hold::get,
                "Returns one hold with what it is now.";
            read "hold.list" hold_list($crate::ops::hold::HoldList) -> $crate::ops::hold::HoldListed = $crate::ops::hold::list,
                "Lists the holds of a client, or those of the venue that are open.";
            write "transfer.reverse" transfer_reverse($crate::ops::transfer::TransferReverse) -> $crate::ops::transfer::TransferReversed = $crate::ops::transfer::reverse,
                "Moves back what a movement moved, whole or in part, once, to where it came from.";
            read "access.decide" access_decide($crate::ops::access::AccessDecide) -> $crate::domain::decision::Decision = $crate::ops::access::decide,
                "Answers whether a client may come in. Writes nothing.";
            write "access.enter" access_enter($crate::ops::access::AccessEnter) -> $crate::ops::access::Entered = $crate::ops::access::enter,
                "Decides again and lets the client in: takes the visit or credit. A refusal is recorded as an attempt.";
            write "access.exit" access_exit($crate::ops::access::AccessExit) -> $crate::ops::access::Exited = $crate::ops::access::exit,
                "Ends the visit of a client.";
            read "access.who_is_in" access_who_is_in($crate::ops::access::AccessWhoIsIn) -> $crate::ops::access::WhoIsIn = $crate::ops::access::who_is_in,
                "Lists the clients who are inside a venue.";
            read "conflict.list" conflict_list($crate::ops::conflict::ConflictList) -> $crate::ops::conflict::ConflictListed = $crate::ops::conflict::list,
                "Lists late entries that nothing paid for.";
            write "conflict.settle" conflict_settle($crate::ops::conflict::ConflictSettle) -> $crate::ops::conflict::ConflictSettled = $crate::ops::conflict::settle,
                "Writes down how a conflict was settled.";
            write "day.open" day_open($crate::ops::day::DayOpen) -> $crate::ops::day::DayOpened = $crate::ops::day::open,
                "Opens the business day of a venue.";
            write "day.close" day_close($crate::ops::day::DayClose) -> $crate::ops::day::DayClosed = $crate::ops::day::close,
                "Closes the business day: posts value earned by time and value that expired.";
            read "report.sales" report_sales($crate::ops::report::ReportSales) -> $crate::ops::report::Sales = $crate::ops::report::sales,
                "Sales of a period by plan and by method of payment.";
            read "report.visits" report_visits($crate::ops::report::ReportVisits) -> $crate::ops::report::Visits = $crate::ops::report::visits,
                "Visits of a period by weekday and hour of the venue's zone.";
            read "report.services" report_services($crate::ops::rendered::ReportServices) -> $crate::ops::rendered::ServicesRendered = $crate::ops::rendered::services,
                "Services rendered in a period, apart from what was sold.";
            read "report.owed" report_owed($crate::ops::report::ReportOwed) -> $crate::ops::report::Owed = $crate::ops::report::owed,
                "What the venue still owes: value sold and not yet given, and money on accounts.";
            read "report.books" report_books($crate::ops::report_books::ReportBooks) -> $crate::ops::report_books::Books = $crate::ops::report_books::books,
                "The books of a venue over a period of business dates: what is owed for passes, and every counter-account.";
            read "changes.since" changes_since($crate::ops::journal::ChangesSince) -> $crate::ops::journal::Changes = $crate::ops::journal::changes_since,
                "Returns what changed after a position of the journal, in order, with no gap.";
            read "journal.export" journal_export($crate::ops::journal::JournalExport) -> $crate::ops::journal::JournalPage = $crate::ops::journal::export,
                "Returns journal entries in full, for replay. Contains personal data.";
            read "journal.verify" journal_verify($crate::ops::journal::JournalVerify) -> $crate::ops::journal::JournalVerified = $crate::ops::journal::verify,
                "Recomputes every digest and the whole chain of the journal.";
            read "store.check" store_check($crate::ops::check::StoreCheck) -> $crate::ops::check::StoreChecked = $crate::ops::check::check,
                "Rebuilds everything derived from the ledger and lists every difference.";

            // The desk.
            read "client.list" client_list($crate::ops::catalogue::ClientList) -> $crate::ops::catalogue::ClientListed = $crate::ops::catalogue::list,
                "Lists clients in an order, with filters, page by page.";
            write "visit.parameters" visit_parameters($crate::ops::visit::VisitParameters) -> $crate::ops::visit::VisitParametersSet = $crate::ops::visit::parameters,
                "Sets or clears parameters of a visit, such as the settings of machines.";
            read "visit.last_parameters" visit_last_parameters($crate::ops::visit::VisitLastParameters) -> $crate::ops::visit::LastParameters = $crate::ops::visit::last_parameters,
                "The last value of each parameter that a client's visits had.";
            read "client.visits" client_visits($crate::ops::visit::ClientVisits) -> $crate::ops::visit::ClientVisited = $crate::ops::visit::of_client,
                "Lists the visits of a client, with their parameters and what paid for them.";
            read "client.history" client_history($crate::ops::history::ClientHistory) -> $crate::ops::history::ClientHappened = $crate::ops::history::history,
                "Lists all that happened to a client, the latest first.";
            read "presence.between" presence_between($crate::ops::presence::PresenceBetween) -> $crate::ops::presence::PresentBetween = $crate::ops::presence::between,
                "Who was there in an interval, or whether one client was.";
            read "client.frequency" client_frequency($crate::ops::presence::ClientFrequency) -> $crate::ops::presence::Frequency = $crate::ops::presence::of_client,
                "How often a client came in the last weeks.";
            read "report.frequency" report_frequency($crate::ops::presence::ReportFrequency) -> $crate::ops::presence::FrequencyRanking = $crate::ops::presence::ranking,
                "Ranks the clients of a venue by how often they came in a period.";
            read "desk.today" desk_today($crate::ops::dashboard::DeskToday) -> $crate::ops::dashboard::DeskDay = $crate::ops::dashboard::today,
                "The day of a venue on one page.";
            write "tick" tick($crate::ops::tick::Tick) -> $crate::ops::tick::Ticked = $crate::ops::tick::tick,
                "Writes down what is due; calling it twice or never changes no right and no balance.";
            read "document.find" document_find($crate::ops::document::DocumentFind) -> $crate::ops::document::DocumentsFound = $crate::ops::document::find,
                "Lists what was written by papers of the host, with what each line came to.";
            read "support.report" support_report($crate::ops::support::SupportReport) -> $crate::ops::support::SupportReported = $crate::ops::support::report,
                "Versions, settings, counts and results of checks, without personal data.";
        }
    };
}
