//! Sizes and offsets of every struct as Rust lays them out. Made by `tests/header.rs`; do not edit.

use carnet_abi::*;
use std::mem::offset_of;

#[test]
#[expect(clippy::too_many_lines, reason = "a list")]
fn structs_lie_in_memory_as_the_header_says() {
    assert_eq!(size_of::<carnet_string>(), 2 * size_of::<usize>());
    assert_eq!(offset_of!(carnet_string, ptr), 0);
    assert_eq!(offset_of!(carnet_string, len), size_of::<usize>());

    assert_eq!(size_of::<carnet_call>(), 616);
    assert_eq!(offset_of!(carnet_call, struct_size), 0);
    assert_eq!(offset_of!(carnet_call, flags), 4);
    assert_eq!(offset_of!(carnet_call, at), 8);
    assert_eq!(offset_of!(carnet_call, venue), 16);
    assert_eq!(offset_of!(carnet_call, by), 24);
    assert_eq!(offset_of!(carnet_call, deadline_ms), 32);
    assert_eq!(offset_of!(carnet_call, late_seq), 40);
    assert_eq!(offset_of!(carnet_call, line), 48);
    assert_eq!(offset_of!(carnet_call, business_date), 52);
    assert_eq!(offset_of!(carnet_call, key), 56);
    assert_eq!(offset_of!(carnet_call, late_device), 192);
    assert_eq!(offset_of!(carnet_call, document_system), 328);
    assert_eq!(offset_of!(carnet_call, document_station), 400);
    assert_eq!(offset_of!(carnet_call, document_shift), 472);
    assert_eq!(offset_of!(carnet_call, document_number), 544);

    assert_eq!(size_of::<carnet_card>(), 560);
    assert_eq!(offset_of!(carnet_card, struct_size), 0);
    assert_eq!(offset_of!(carnet_card, kind), 4);
    assert_eq!(offset_of!(carnet_card, state), 8);
    assert_eq!(offset_of!(carnet_card, reserved), 12);
    assert_eq!(offset_of!(carnet_card, card), 16);
    assert_eq!(offset_of!(carnet_card, client), 24);
    assert_eq!(offset_of!(carnet_card, issued), 32);
    assert_eq!(offset_of!(carnet_card, uid), 40);

    assert_eq!(size_of::<carnet_access>(), 168);
    assert_eq!(offset_of!(carnet_access, struct_size), 0);
    assert_eq!(offset_of!(carnet_access, reserved), 4);
    assert_eq!(offset_of!(carnet_access, client), 8);
    assert_eq!(offset_of!(carnet_access, pass), 16);
    assert_eq!(offset_of!(carnet_access, service), 24);
    assert_eq!(offset_of!(carnet_access, card), 32);

    assert_eq!(size_of::<carnet_money>(), 16);
    assert_eq!(offset_of!(carnet_money, minor), 0);
    assert_eq!(offset_of!(carnet_money, currency), 8);
    assert_eq!(offset_of!(carnet_money, reserved), 12);

    assert_eq!(size_of::<carnet_rule>(), 64);
    assert_eq!(offset_of!(carnet_rule, reason), 0);
    assert_eq!(offset_of!(carnet_rule, reserved), 4);
    assert_eq!(offset_of!(carnet_rule, pass), 8);
    assert_eq!(offset_of!(carnet_rule, until), 16);
    assert_eq!(offset_of!(carnet_rule, missing), 24);

    assert_eq!(size_of::<carnet_decision>(), 744);
    assert_eq!(offset_of!(carnet_decision, struct_size), 0);
    assert_eq!(offset_of!(carnet_decision, outcome), 4);
    assert_eq!(offset_of!(carnet_decision, reason), 8);
    assert_eq!(offset_of!(carnet_decision, reentry), 12);
    assert_eq!(offset_of!(carnet_decision, rule_count), 16);
    assert_eq!(offset_of!(carnet_decision, kind), 20);
    assert_eq!(offset_of!(carnet_decision, client), 24);
    assert_eq!(offset_of!(carnet_decision, pass), 32);
    assert_eq!(offset_of!(carnet_decision, plan), 40);
    assert_eq!(offset_of!(carnet_decision, ends), 48);
    assert_eq!(offset_of!(carnet_decision, visits), 56);
    assert_eq!(offset_of!(carnet_decision, visits_left), 64);
    assert_eq!(offset_of!(carnet_decision, credit), 72);
    assert_eq!(offset_of!(carnet_decision, credit_left), 88);
    assert_eq!(offset_of!(carnet_decision, rules), 104);
    assert_eq!(offset_of!(carnet_decision, line1), 616);
    assert_eq!(offset_of!(carnet_decision, line2), 680);

    assert_eq!(size_of::<carnet_entered>(), 48);
    assert_eq!(offset_of!(carnet_entered, struct_size), 0);
    assert_eq!(offset_of!(carnet_entered, reserved), 4);
    assert_eq!(offset_of!(carnet_entered, visit), 8);
    assert_eq!(offset_of!(carnet_entered, attempt), 16);
    assert_eq!(offset_of!(carnet_entered, conflict), 24);
    assert_eq!(offset_of!(carnet_entered, group), 32);
    assert_eq!(offset_of!(carnet_entered, pass_use), 40);

    assert_eq!(size_of::<carnet_leave>(), 152);
    assert_eq!(offset_of!(carnet_leave, struct_size), 0);
    assert_eq!(offset_of!(carnet_leave, reserved), 4);
    assert_eq!(offset_of!(carnet_leave, client), 8);
    assert_eq!(offset_of!(carnet_leave, card), 16);

    assert_eq!(size_of::<carnet_exited>(), 32);
    assert_eq!(offset_of!(carnet_exited, struct_size), 0);
    assert_eq!(offset_of!(carnet_exited, reserved), 4);
    assert_eq!(offset_of!(carnet_exited, visit), 8);
    assert_eq!(offset_of!(carnet_exited, client), 16);
    assert_eq!(offset_of!(carnet_exited, seconds), 24);

    assert_eq!(size_of::<carnet_balance>(), 64);
    assert_eq!(offset_of!(carnet_balance, struct_size), 0);
    assert_eq!(offset_of!(carnet_balance, reserved), 4);
    assert_eq!(offset_of!(carnet_balance, account), 8);
    assert_eq!(offset_of!(carnet_balance, balance), 16);
    assert_eq!(offset_of!(carnet_balance, debt), 32);
    assert_eq!(offset_of!(carnet_balance, debt_limit), 48);

    assert_eq!(size_of::<carnet_charge>(), 56);
    assert_eq!(offset_of!(carnet_charge, struct_size), 0);
    assert_eq!(offset_of!(carnet_charge, reserved), 4);
    assert_eq!(offset_of!(carnet_charge, client), 8);
    assert_eq!(offset_of!(carnet_charge, service), 16);
    assert_eq!(offset_of!(carnet_charge, amount), 24);
    assert_eq!(offset_of!(carnet_charge, tax), 40);

    assert_eq!(size_of::<carnet_charged>(), 56);
    assert_eq!(offset_of!(carnet_charged, struct_size), 0);
    assert_eq!(offset_of!(carnet_charged, reserved), 4);
    assert_eq!(offset_of!(carnet_charged, account), 8);
    assert_eq!(offset_of!(carnet_charged, group), 16);
    assert_eq!(offset_of!(carnet_charged, balance), 24);
    assert_eq!(offset_of!(carnet_charged, debt), 40);

    assert_eq!(size_of::<carnet_reversal>(), 472);
    assert_eq!(offset_of!(carnet_reversal, struct_size), 0);
    assert_eq!(offset_of!(carnet_reversal, reserved), 4);
    assert_eq!(offset_of!(carnet_reversal, group), 8);
    assert_eq!(offset_of!(carnet_reversal, transfer), 16);
    assert_eq!(offset_of!(carnet_reversal, amount), 24);
    assert_eq!(offset_of!(carnet_reversal, reason), 64);

    assert_eq!(size_of::<carnet_movement>(), 40);
    assert_eq!(offset_of!(carnet_movement, transfer), 0);
    assert_eq!(offset_of!(carnet_movement, lot), 8);
    assert_eq!(offset_of!(carnet_movement, amount), 16);
    assert_eq!(offset_of!(carnet_movement, left), 24);
    assert_eq!(offset_of!(carnet_movement, unit), 32);
    assert_eq!(offset_of!(carnet_movement, currency), 36);

    assert_eq!(size_of::<carnet_reversed>(), 656);
    assert_eq!(offset_of!(carnet_reversed, struct_size), 0);
    assert_eq!(offset_of!(carnet_reversed, movement_count), 4);
    assert_eq!(offset_of!(carnet_reversed, group), 8);
    assert_eq!(offset_of!(carnet_reversed, movements), 16);

    assert_eq!(size_of::<carnet_amount>(), 32);
    assert_eq!(offset_of!(carnet_amount, unit), 0);
    assert_eq!(offset_of!(carnet_amount, reserved), 4);
    assert_eq!(offset_of!(carnet_amount, pass), 8);
    assert_eq!(offset_of!(carnet_amount, amount), 16);
    assert_eq!(offset_of!(carnet_amount, currency), 24);
    assert_eq!(offset_of!(carnet_amount, reserved2), 28);

    assert_eq!(size_of::<carnet_hold>(), 984);
    assert_eq!(offset_of!(carnet_hold, struct_size), 0);
    assert_eq!(offset_of!(carnet_hold, part_count), 4);
    assert_eq!(offset_of!(carnet_hold, client), 8);
    assert_eq!(offset_of!(carnet_hold, expires), 16);
    assert_eq!(offset_of!(carnet_hold, minutes), 24);
    assert_eq!(offset_of!(carnet_hold, reserved), 28);
    assert_eq!(offset_of!(carnet_hold, parts), 32);
    assert_eq!(offset_of!(carnet_hold, more_percent), 544);
    assert_eq!(offset_of!(carnet_hold, more_amount), 560);
    assert_eq!(offset_of!(carnet_hold, reason), 576);

    assert_eq!(size_of::<carnet_held>(), 32);
    assert_eq!(offset_of!(carnet_held, account), 0);
    assert_eq!(offset_of!(carnet_held, pass), 8);
    assert_eq!(offset_of!(carnet_held, lot), 16);
    assert_eq!(offset_of!(carnet_held, amount), 24);

    assert_eq!(size_of::<carnet_placed>(), 536);
    assert_eq!(offset_of!(carnet_placed, struct_size), 0);
    assert_eq!(offset_of!(carnet_placed, part_count), 4);
    assert_eq!(offset_of!(carnet_placed, hold), 8);
    assert_eq!(offset_of!(carnet_placed, expires), 16);
    assert_eq!(offset_of!(carnet_placed, parts), 24);

    assert_eq!(size_of::<carnet_capture>(), 560);
    assert_eq!(offset_of!(carnet_capture, struct_size), 0);
    assert_eq!(offset_of!(carnet_capture, part_count), 4);
    assert_eq!(offset_of!(carnet_capture, hold), 8);
    assert_eq!(offset_of!(carnet_capture, service), 16);
    assert_eq!(offset_of!(carnet_capture, keep_open), 24);
    assert_eq!(offset_of!(carnet_capture, reserved), 28);
    assert_eq!(offset_of!(carnet_capture, parts), 32);
    assert_eq!(offset_of!(carnet_capture, tax), 544);

    assert_eq!(size_of::<carnet_taken>(), 40);
    assert_eq!(offset_of!(carnet_taken, account), 0);
    assert_eq!(offset_of!(carnet_taken, amount), 8);

    assert_eq!(size_of::<carnet_captured>(), 680);
    assert_eq!(offset_of!(carnet_captured, struct_size), 0);
    assert_eq!(offset_of!(carnet_captured, state), 4);
    assert_eq!(offset_of!(carnet_captured, hold), 8);
    assert_eq!(offset_of!(carnet_captured, version), 16);
    assert_eq!(offset_of!(carnet_captured, group), 24);
    assert_eq!(offset_of!(carnet_captured, part_count), 32);
    assert_eq!(offset_of!(carnet_captured, reserved), 36);
    assert_eq!(offset_of!(carnet_captured, parts), 40);

    assert_eq!(size_of::<carnet_released>(), 24);
    assert_eq!(offset_of!(carnet_released, struct_size), 0);
    assert_eq!(offset_of!(carnet_released, reserved), 4);
    assert_eq!(offset_of!(carnet_released, hold), 8);
    assert_eq!(offset_of!(carnet_released, version), 16);
}
