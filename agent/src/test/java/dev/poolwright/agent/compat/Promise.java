package dev.poolwright.agent.compat;

import java.util.List;

/**
 * Something that an application relies on and a pool easily breaks, and what shows that it is kept.
 *
 * @param number its number in the list that the project was begun with
 * @param proofs scenarios, {@code Subject.scenario}, and tests, {@code Class.method}
 */
record Promise(int number, String words, List<String> proofs) {

    private static Promise of(int number, String words, String... proofs) {
        return new Promise(number, words, List.of(proofs));
    }

    static final List<Promise> ALL = List.of(
            of(
                    17,
                    "Where the database is away, the driver's own exception, at once, each time.",
                    "Connecting.to_nothing",
                    "Connecting.that_cannot_be",
                    "RestartedDatabaseIT.a_refused_call_fails_at_once_with_what_the_driver_says_and_so_does_each_one"),
            of(
                    18,
                    "One broken connection among ten: the others finish their transactions.",
                    "Killed.one_of_ten",
                    "DisconnectTest.nine_that_are_lent_work_on_and_are_closed_when_they_come_back"),
            of(
                    19,
                    "A timeout, a cancel or a violated constraint breaks no connection.",
                    "Timeouts.query_timeout_of_a_slow_one",
                    "Timeouts.cancelled_by_another_thread",
                    "Statements.wrong_kinds",
                    "DisconnectTest.a_failure_that_leaves_the_connection_alone_changes_nothing"),
            of(
                    20,
                    "What ends a session takes its connection out of the pool.",
                    "Killed.in_a_transaction",
                    "DisconnectTest.idle_elders_are_replaced_at_their_next_check_out_while_the_broken_one_is_still_lent",
                    "FailuresTest.tell_that_a_connection_is_dead"),
            of(
                    21,
                    "After a disconnect in a transaction every later call fails; nothing connects again in secret.",
                    "Killed.in_a_transaction",
                    "Postgres.killed_by_the_administrator"),
            of(
                    22,
                    "A second close, or a hundred at once, give a connection back once.",
                    "Closing.twice",
                    "Sharing.closed_by_all_at_once",
                    "CloseTest.a_hundred_threads_that_close_one_connection_give_it_back_once"),
            of(
                    23,
                    "Use after close fails as the driver says.",
                    "Closing.connection_used_after",
                    "Closing.statement_used_after",
                    "AfterCloseTest.calls_end_as_at_the_driver_s_own_objects"),
            of(
                    24,
                    "Nothing of a closed connection reaches the next borrower.",
                    "LargeValues.written_after_close_into_the_next_transaction",
                    "Savepoints.kept_past_close",
                    "CloseTest.nothing_got_from_a_closed_connection_reaches_the_next_borrower",
                    "CrowdIT.no_call_of_a_closed_connection_reaches_the_next_borrower",
                    "StaleHandleStressTest.no_call_of_a_closed_handle_reaches_the_next_lease"),
            of(
                    25,
                    "A close in a transaction ends it as that driver's close does, or is refused as by that.",
                    "Transactions.closed_while_open",
                    "Transactions.closed_while_failed",
                    "CloseRefusedTest.the_driver_s_exception_is_thrown_and_the_connection_stays_open"),
            of(
                    26,
                    "What was not committed is not there after a close.",
                    "Transactions.auto_commit_false_left_behind",
                    "Sources.uncommitted_work",
                    "CloseTest.the_transaction_ends_before_auto_commit_is_restored"),
            of(
                    27,
                    "Auto-commit switched on in a transaction commits once, and is one span.",
                    "Transactions.auto_commit_true_in_the_middle",
                    "TransactionSpanTest.tells_an_implicit_commit_by_its_trigger"),
            of(
                    28,
                    "The next borrower finds every property as on a new connection.",
                    "Settings.schema",
                    "Settings.catalog",
                    "Settings.type_map",
                    "Settings.client_info",
                    "Settings.network_timeout",
                    "Isolation.every_level",
                    "Isolation.holdability",
                    "Transactions.read_only",
                    "Warnings.chained_on_a_connection",
                    "SessionStateTest.a_borrower_finds_every_property_as_in_a_new_connection"),
            of(
                    40,
                    "A wrong password is refused by the driver and leaves the right one's connections alone.",
                    "Connecting.with_a_wrong_password",
                    "Sources.credentials_of_a_call",
                    "SiblingsTest.with_a_wrong_password_close_nothing"),
            of(
                    41,
                    "Other properties, other connections.",
                    "Postgres.properties_make_another_connection",
                    "EngineKeyTest.another_value_is_another_key"),
            of(
                    42,
                    "Engines of one database are told apart by their names.",
                    "EngineNamesTest.tell_engines_of_the_same_database_apart"),
            of(
                    43,
                    "Each web application has its own, and is collected when it is gone.",
                    "PackedIT.web_applications_are_pooled_and_leave_nothing_behind",
                    "UndeployIT.an_undeployed_application_is_collected_though_it_opened_the_first_connection"),
            of(
                    44,
                    "Credentials named in a call have connections of their own.",
                    "Sources.credentials_of_a_call",
                    "DataSourcesIT.wrong_credentials_are_refused_and_never_served"),
            of(45, "A thread takes twenty at once.", "Sharing.twenty_in_one_thread"),
            of(
                    46,
                    "H2's memory is gone with its last connection.",
                    "H2.memory_dies_with_its_last_connection",
                    "H2.memory_without_a_name"),
            of(
                    47,
                    "Each connection to SQLite's memory is a database.",
                    "Sqlite.memory_is_each_connections_own",
                    "Sqlite.shared_memory_dies_with_its_last_connection"),
            of(
                    48,
                    "What the driver's close throws, the application sees.",
                    "Transactions.closed_while_open",
                    "CloseRefusedTest.the_driver_s_exception_is_thrown_and_the_connection_stays_open"),
            of(
                    49,
                    "unwrap and isWrapperFor answer as the driver's; what was handed out raw is not lent again.",
                    "Wrappers.connection",
                    "Wrappers.the_drivers_own_class",
                    "Wrappers.kept_past_close",
                    "CloseTest.a_connection_whose_raw_object_was_handed_out_is_not_lent_again"),
            of(
                    50,
                    "XA connections, those for pools, and other pools' pass through.",
                    "Distributed.in_two_phases",
                    "Distributed.handles_of_one_session",
                    "Sources.for_pools",
                    "PoolsIT.keeps_what_is_the_drivers_own"),
            of(
                    63,
                    "All of it is the same with and without the agent, and where the agent fails the application does not.",
                    "CompatIT.every_scenario_goes_as_without_the_agent",
                    "SweepIT.has_the_same_outcome_of_every_method",
                    "BrokenAgentIT.with_a_gate_that_always_throws"));
}
