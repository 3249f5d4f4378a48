// Carnet for .NET: what libcarnet exports, for P/Invoke. Made by ffi/tests/header.rs; do not edit.
//
// Texts go in as UTF-8 (Text.Utf8) with their length, or UIntPtr-maximum (Text.Whole) where a zero byte ends them. Texts in
// structs are arrays that end with a zero byte (Text.Fill, Text.Read). Handles are IntPtr. A delegate that is handed over
// must be kept alive for as long as the library may call it.

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Carnet
{
    /// <summary>Text owned by the library: UTF-8 of `len` bytes, and a zero byte after the end for convenience. Freed by `carnet_string_free`, by nothing else.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public struct carnet_string
    {
        /// <summary>The text. Null where there is none.</summary>
        public IntPtr ptr;
        /// <summary>Its length in bytes, without the zero byte.</summary>
        public UIntPtr len;
    }

    /// <summary>What comes with a call beside its arguments. All zero but for `struct_size` means: now, at the only venue, by nobody, without a key, within the engine's time. A null pointer means the same.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_call
    {
        /// <summary>`sizeof (carnet_call)`.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_call));
        /// <summary>`CARNET_CALL_*`, added up.</summary>
        public uint flags;
        /// <summary>The value time in microseconds since 1970-01-01T00:00:00Z; `CARNET_NOW` for the engine's clock.</summary>
        public long at;
        /// <summary>Where; 0 while the store has only one venue.</summary>
        public long venue;
        /// <summary>The operator who acts; 0 for none.</summary>
        public long by;
        /// <summary>Give up with `CARNET_REASON_BUSY` if the work has not begun after this many milliseconds; 0 for what the engine was opened with.</summary>
        public long deadline_ms;
        /// <summary>The running number that the device gave an event while off line; counts only where `late_device` is filled.</summary>
        public long late_seq;
        /// <summary>The line of the bill; counts only with `CARNET_CALL_HAS_LINE`.</summary>
        public int line;
        /// <summary>The host's business date as YYYYMMDD, such as 20260514; 0 for none.</summary>
        public int business_date;
        /// <summary>The idempotency key, UTF-8, ended by a zero byte: a second call with the same key and content gets the first answer again and does nothing. Empty for none.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 136)] public byte[] key = new byte[136];
        /// <summary>The device that recorded the event while off line. Empty for an event of now.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 136)] public byte[] late_device = new byte[136];
        /// <summary>The host's paper behind a write: its system. Empty together with the four below for none.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 72)] public byte[] document_system = new byte[72];
        /// <summary>Its station or till.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 72)] public byte[] document_station = new byte[72];
        /// <summary>Its shift.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 72)] public byte[] document_shift = new byte[72];
        /// <summary>Its number.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 72)] public byte[] document_number = new byte[72];
    }

    /// <summary>A card.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_card
    {
        /// <summary>`sizeof (carnet_card)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_card));
        /// <summary>How it is read: `CARNET_CARD_*`.</summary>
        public int kind;
        /// <summary>Whether it opens anything: `CARNET_CARD_STATE_*`.</summary>
        public int state;
        /// <summary>Padding.</summary>
        public int reserved;
        /// <summary>Its id.</summary>
        public long card;
        /// <summary>The client it identifies.</summary>
        public long client;
        /// <summary>When it was issued, microseconds since 1970-01-01T00:00:00Z.</summary>
        public long issued;
        /// <summary>What the reader sends, UTF-8, upper case.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 520)] public byte[] uid = new byte[520];
    }

    /// <summary>What is asked at a door. Give the card or the client.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_access
    {
        /// <summary>`sizeof (carnet_access)`.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_access));
        /// <summary>Padding, ignored.</summary>
        public uint reserved;
        /// <summary>The client, where staff knows them; 0 where the card says it.</summary>
        public long client;
        /// <summary>The pass that the client wants to use; 0 for the first that pays.</summary>
        public long pass;
        /// <summary>What the client comes for; 0 for the venue's entry service.</summary>
        public long service;
        /// <summary>What the reader sends, UTF-8, ended by a zero byte. Empty for none.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 136)] public byte[] card = new byte[136];
    }

    /// <summary>Money of a currency. In results without an amount the currency is empty.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public struct carnet_money
    {
        /// <summary>Minor units: cents for EUR, whole yen for JPY.</summary>
        public long minor;
        /// <summary>Three letters of ISO 4217 and a zero byte.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4)] public byte[] currency;
        /// <summary>Padding, ignored.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4)] public byte[] reserved;
    }

    /// <summary>One rule that spoke against an entry, or against paying it with one pass.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public struct carnet_rule
    {
        /// <summary>What it says: `CARNET_DENY_*`.</summary>
        public int reason;
        /// <summary>Padding.</summary>
        public int reserved;
        /// <summary>The pass it speaks about; 0 if about the client, the card or the request.</summary>
        public long pass;
        /// <summary>When it will stop speaking, or when what it speaks about ended, microseconds; `CARNET_NO_TIME` if it does not say.</summary>
        public long until;
        /// <summary>How much is missing: visits, or credit with its currency, such as `20.00 EUR`. Empty if nothing is.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 40)] public byte[] missing;
    }

    /// <summary>The answer at a door.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_decision
    {
        /// <summary>`sizeof (carnet_decision)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_decision));
        /// <summary>`CARNET_OUTCOME_ADMITTED` or `CARNET_OUTCOME_REFUSED`.</summary>
        public int outcome;
        /// <summary>The first reason why the door stays shut, `CARNET_DENY_*`; 0 where it opens.</summary>
        public int reason;
        /// <summary>1 where a re-entry within grace costs nothing, else 0.</summary>
        public int reentry;
        /// <summary>How many rules spoke in all; the first eight are in `rules`, and what is behind them there means nothing.</summary>
        public int rule_count;
        /// <summary>The kind of the pass that pays, `CARNET_PLAN_*`; 0 where nothing pays, and then the fields of the pass are empty.</summary>
        public int kind;
        /// <summary>The client recognised; 0 for none.</summary>
        public long client;
        /// <summary>The pass that pays; 0 for none.</summary>
        public long pass;
        /// <summary>Its plan; 0 for none.</summary>
        public long plan;
        /// <summary>Until when the pass can be used, microseconds; `CARNET_NO_TIME` if that is not known yet.</summary>
        public long ends;
        /// <summary>What the entry costs in visits; `CARNET_NO_VISITS` where it costs none.</summary>
        public long visits;
        /// <summary>Visits left after it; `CARNET_NO_VISITS` where the pass has none.</summary>
        public long visits_left;
        /// <summary>What the entry costs in credit; no currency where it costs none.</summary>
        public carnet_money credit;
        /// <summary>Credit left after it; no currency where the pass has none.</summary>
        public carnet_money credit_left;
        /// <summary>The first rules that spoke.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 8)] public carnet_rule[] rules = new carnet_rule[8];
        /// <summary>The first line for a display, UTF-8 (English).</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 64)] public byte[] line1 = new byte[64];
        /// <summary>The second line for a display.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 64)] public byte[] line2 = new byte[64];
    }

    /// <summary>What came of an entry, beside its decision.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_entered
    {
        /// <summary>`sizeof (carnet_entered)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_entered));
        /// <summary>Padding.</summary>
        public uint reserved;
        /// <summary>The visit, if the client was let in; 0 if not.</summary>
        public long visit;
        /// <summary>The recorded attempt, if not; else 0.</summary>
        public long attempt;
        /// <summary>Of a late entry that no pass pays: what somebody must settle; else 0.</summary>
        public long conflict;
        /// <summary>The transfers of the use, for `carnet_reverse`; 0 if nothing moved.</summary>
        public long group;
        /// <summary>The use, if the rules of the pass count; else 0.</summary>
        public long pass_use;
    }

    /// <summary>Who leaves. Give the card or the client.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_leave
    {
        /// <summary>`sizeof (carnet_leave)`.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_leave));
        /// <summary>Padding, ignored.</summary>
        public uint reserved;
        /// <summary>The client, where staff knows them; 0 where the card says it.</summary>
        public long client;
        /// <summary>What the reader sends, UTF-8, ended by a zero byte. Empty for none.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 136)] public byte[] card = new byte[136];
    }

    /// <summary>A visit that ended.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_exited
    {
        /// <summary>`sizeof (carnet_exited)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_exited));
        /// <summary>Padding.</summary>
        public uint reserved;
        /// <summary>The visit.</summary>
        public long visit;
        /// <summary>The client.</summary>
        public long client;
        /// <summary>How long it lasted, in seconds.</summary>
        public long seconds;
    }

    /// <summary>What is on a client's account.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_balance
    {
        /// <summary>`sizeof (carnet_balance)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_balance));
        /// <summary>Padding.</summary>
        public uint reserved;
        /// <summary>The account.</summary>
        public long account;
        /// <summary>What can be spent: what is on it less what is held.</summary>
        public carnet_money balance;
        /// <summary>What is owed on it.</summary>
        public carnet_money debt;
        /// <summary>How far it may be used beyond what is on it.</summary>
        public carnet_money debt_limit;
    }

    /// <summary>A payment from a client's account: an amount, or the price of a service.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_charge
    {
        /// <summary>`sizeof (carnet_charge)`.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_charge));
        /// <summary>Padding, ignored.</summary>
        public uint reserved;
        /// <summary>The client.</summary>
        public long client;
        /// <summary>What is paid; 0 for nothing of the price list.</summary>
        public long service;
        /// <summary>How much, tax included; without a currency the price of the service.</summary>
        public carnet_money amount;
        /// <summary>The tax contained, in percent, such as `19` or `8.5`. Empty for that of the service, or none.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)] public byte[] tax = new byte[16];
    }

    /// <summary>Money that moved on an account.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_charged
    {
        /// <summary>`sizeof (carnet_charged)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_charged));
        /// <summary>Padding.</summary>
        public uint reserved;
        /// <summary>The account.</summary>
        public long account;
        /// <summary>The transfers, for `carnet_reverse`.</summary>
        public long group;
        /// <summary>What is there after it.</summary>
        public carnet_money balance;
        /// <summary>What is owed on the account after it.</summary>
        public carnet_money debt;
    }

    /// <summary>A movement that is to be moved back, whole or in part. Give the group or one transfer.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_reversal
    {
        /// <summary>`sizeof (carnet_reversal)`.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_reversal));
        /// <summary>Padding, ignored.</summary>
        public uint reserved;
        /// <summary>The group: all that was moved in one operation; 0 for none.</summary>
        public long group;
        /// <summary>One transfer, with what belongs to it; 0 for none.</summary>
        public long transfer;
        /// <summary>How much, tax included, in the unit of what was moved: `12.50`, `2`. Empty for all that is left.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 40)] public byte[] amount = new byte[40];
        /// <summary>Why, 1 to 200 characters of UTF-8. Shown in statements: no personal data.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 408)] public byte[] reason = new byte[408];
    }

    /// <summary>A movement that was moved back, whole or in part.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public struct carnet_movement
    {
        /// <summary>Its first transfer.</summary>
        public long transfer;
        /// <summary>A lot that was granted anew; 0 for none.</summary>
        public long lot;
        /// <summary>How much was moved back: minor units of the currency, or visits.</summary>
        public long amount;
        /// <summary>How much of it can still be moved back.</summary>
        public long left;
        /// <summary>`CARNET_UNIT_*`.</summary>
        public int unit;
        /// <summary>The currency of money and credit; empty for visits.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4)] public byte[] currency;
    }

    /// <summary>What was moved back.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_reversed
    {
        /// <summary>`sizeof (carnet_reversed)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_reversed));
        /// <summary>How many movements were reversed; the first sixteen are in `movements`.</summary>
        public uint movement_count;
        /// <summary>The transfers of the reversal.</summary>
        public long group;
        /// <summary>The movements. None for a use of a time pass, which moved nothing.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)] public carnet_movement[] movements = new carnet_movement[16];
    }

    /// <summary>An amount of one account of a client: money, or visits or credit of a pass.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public struct carnet_amount
    {
        /// <summary>`CARNET_UNIT_*`.</summary>
        public int unit;
        /// <summary>Padding, ignored.</summary>
        public int reserved;
        /// <summary>The pass; 0 for money.</summary>
        public long pass;
        /// <summary>How much: minor units of the currency, or visits.</summary>
        public long amount;
        /// <summary>The currency of money and credit; empty for visits.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4)] public byte[] currency;
        /// <summary>Padding, ignored.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 4)] public byte[] reserved2;
    }

    /// <summary>What is to be held for a client: all of it or nothing.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_hold
    {
        /// <summary>`sizeof (carnet_hold)`.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_hold));
        /// <summary>How many of `parts` are filled, 1 to 16.</summary>
        public uint part_count;
        /// <summary>The client.</summary>
        public long client;
        /// <summary>When it runs out by itself, microseconds since 1970-01-01T00:00:00Z, up to 366 days ahead. 0 where `minutes` says it.</summary>
        public long expires;
        /// <summary>After how many minutes it runs out by itself, 1 to 527040. 0 where `expires` says it.</summary>
        public int minutes;
        /// <summary>Padding, ignored.</summary>
        public int reserved;
        /// <summary>What is held, of different accounts.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)] public carnet_amount[] parts = new carnet_amount[16];
        /// <summary>How much more than it holds may be captured, in percent of it, such as `20`. Empty for nothing.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)] public byte[] more_percent = new byte[16];
        /// <summary>The same as an amount of money; no currency for nothing. Give at most one of the two.</summary>
        public carnet_money more_amount;
        /// <summary>Why, up to 200 characters of UTF-8, no personal data. Empty for nothing.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 408)] public byte[] reason = new byte[408];
    }

    /// <summary>What is held of one lot.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public struct carnet_held
    {
        /// <summary>The account.</summary>
        public long account;
        /// <summary>The pass that it belongs to; 0 for money.</summary>
        public long pass;
        /// <summary>The lot.</summary>
        public long lot;
        /// <summary>How much: minor units of the account's currency, or visits.</summary>
        public long amount;
    }

    /// <summary>A hold that was placed.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_placed
    {
        /// <summary>`sizeof (carnet_placed)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_placed));
        /// <summary>Of how many lots it holds something; the first sixteen are in `parts`.</summary>
        public uint part_count;
        /// <summary>Its id.</summary>
        public long hold;
        /// <summary>When it runs out by itself, microseconds.</summary>
        public long expires;
        /// <summary>What it holds, lot by lot.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)] public carnet_held[] parts = new carnet_held[16];
    }

    /// <summary>What is to be captured of a hold.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_capture
    {
        /// <summary>`sizeof (carnet_capture)`.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_capture));
        /// <summary>How many of `parts` are filled, up to 16; 0 captures all that is held.</summary>
        public uint part_count;
        /// <summary>The hold.</summary>
        public long hold;
        /// <summary>What is paid; 0 for nothing of the price list.</summary>
        public long service;
        /// <summary>1 if what is not captured stays held, 0 if it is free.</summary>
        public int keep_open;
        /// <summary>Padding, ignored.</summary>
        public int reserved;
        /// <summary>How much of each account; nothing of those that are not named.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)] public carnet_amount[] parts = new carnet_amount[16];
        /// <summary>The tax contained in the money, in percent, such as `19`. Empty for that of the service, or none.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)] public byte[] tax = new byte[16];
    }

    /// <summary>What was captured of one account.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public struct carnet_taken
    {
        /// <summary>The account.</summary>
        public long account;
        /// <summary>How much, its unit and its pass.</summary>
        public carnet_amount amount;
    }

    /// <summary>A hold that was captured.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_captured
    {
        /// <summary>`sizeof (carnet_captured)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_captured));
        /// <summary>What it is now: `CARNET_HOLD_*`.</summary>
        public int state;
        /// <summary>Its id.</summary>
        public long hold;
        /// <summary>Its new version.</summary>
        public long version;
        /// <summary>The transfers, for `carnet_reverse`: one group for all accounts.</summary>
        public long group;
        /// <summary>Of how many accounts something was captured: as many of `parts` are filled.</summary>
        public uint part_count;
        /// <summary>Padding.</summary>
        public uint reserved;
        /// <summary>What was captured, account by account.</summary>
        [MarshalAs(UnmanagedType.ByValArray, SizeConst = 16)] public carnet_taken[] parts = new carnet_taken[16];
    }

    /// <summary>A hold that was released.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 8)]
    public sealed class carnet_released
    {
        /// <summary>`sizeof (carnet_released)`, set by the caller.</summary>
        public uint struct_size = (uint)Marshal.SizeOf(typeof(carnet_released));
        /// <summary>Padding.</summary>
        public uint reserved;
        /// <summary>Its id.</summary>
        public long hold;
        /// <summary>Its new version.</summary>
        public long version;
    }

    /// <summary>Gets one log line. It must not call into the library.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void carnet_log(IntPtr user, int level, IntPtr target, IntPtr message);

    /// <summary>Frees what was given as `user`.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate void carnet_user_free(IntPtr user);

    /// <summary>Told how far a backup is.</summary>
    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    public delegate int carnet_progress(IntPtr user, long done, long total);

    /// <summary>The functions and constants of libcarnet, by their names in C.</summary>
    public static class Native
    {
        const string Library = "carnet";

        /// <summary>The version this file is of.</summary>
        public const int CARNET_VERSION_NUMBER = 1000;
        /// <summary>Compare with carnet_abi_version.</summary>
        public const int CARNET_ABI_VERSION = 1;
        /// <summary>No error.</summary>
        public const int CARNET_OK = 0;
        /// <summary>invalid_input: the field is required</summary>
        public const int CARNET_REASON_REQUIRED = 101;
        /// <summary>invalid_input: the value has the wrong type</summary>
        public const int CARNET_REASON_WRONG_TYPE = 102;
        /// <summary>invalid_input: no such field</summary>
        public const int CARNET_REASON_UNKNOWN_FIELD = 103;
        /// <summary>invalid_input: the field is given twice</summary>
        public const int CARNET_REASON_DUPLICATE_FIELD = 104;
        /// <summary>invalid_input: the value is out of range</summary>
        public const int CARNET_REASON_OUT_OF_RANGE = 105;
        /// <summary>invalid_input: the value is too long</summary>
        public const int CARNET_REASON_TOO_LONG = 106;
        /// <summary>invalid_input: the value is empty</summary>
        public const int CARNET_REASON_EMPTY = 107;
        /// <summary>invalid_input: the value is not of the expected form</summary>
        public const int CARNET_REASON_BAD_FORMAT = 108;
        /// <summary>invalid_input: not one of the values that may stand here</summary>
        public const int CARNET_REASON_UNKNOWN_VALUE = 109;
        /// <summary>invalid_input: the text is not valid UTF-8</summary>
        public const int CARNET_REASON_BAD_UTF8 = 110;
        /// <summary>invalid_input: the request is not valid JSON</summary>
        public const int CARNET_REASON_BAD_JSON = 111;
        /// <summary>invalid_input: the request is larger than the published limit</summary>
        public const int CARNET_REASON_TOO_LARGE = 112;
        /// <summary>invalid_input: no such operation</summary>
        public const int CARNET_REASON_UNKNOWN_OPERATION = 113;
        /// <summary>invalid_input: more decimal digits than the currency has</summary>
        public const int CARNET_REASON_TOO_MANY_DIGITS = 114;
        /// <summary>invalid_input: not a currency of ISO 4217</summary>
        public const int CARNET_REASON_UNKNOWN_CURRENCY = 115;
        /// <summary>invalid_input: the currencies differ</summary>
        public const int CARNET_REASON_CURRENCY_MISMATCH = 116;
        /// <summary>invalid_input: not a time zone of the IANA database</summary>
        public const int CARNET_REASON_UNKNOWN_ZONE = 117;
        /// <summary>invalid_input: not a valid phone number</summary>
        public const int CARNET_REASON_BAD_PHONE = 118;
        /// <summary>invalid_input: not a valid e-mail address</summary>
        public const int CARNET_REASON_BAD_EMAIL = 119;
        /// <summary>invalid_input: the end is not after the start</summary>
        public const int CARNET_REASON_END_BEFORE_START = 120;
        /// <summary>invalid_input: the parts do not add up to the whole</summary>
        public const int CARNET_REASON_SUM_MISMATCH = 121;
        /// <summary>invalid_input: this field does not go with this kind of plan</summary>
        public const int CARNET_REASON_NOT_WITH_PLAN_KIND = 122;
        /// <summary>invalid_input: the amount is too large to be calculated</summary>
        public const int CARNET_REASON_OVERFLOW = 123;
        /// <summary>invalid_input: two fields of the request contradict each other</summary>
        public const int CARNET_REASON_CONTRADICTION = 124;
        /// <summary>invalid_input: this operation cannot be part of a batch</summary>
        public const int CARNET_REASON_NOT_A_BATCH = 125;
        /// <summary>invalid_input: the content is not a JPEG, PNG or WebP</summary>
        public const int CARNET_REASON_NOT_A_PHOTO = 126;
        /// <summary>invalid_input: the value is not of the kind that the field holds</summary>
        public const int CARNET_REASON_FIELD_KIND = 127;
        /// <summary>not_found: no such client</summary>
        public const int CARNET_REASON_CLIENT_NOT_FOUND = 201;
        /// <summary>not_found: no such venue</summary>
        public const int CARNET_REASON_VENUE_NOT_FOUND = 202;
        /// <summary>not_found: no such operator</summary>
        public const int CARNET_REASON_OPERATOR_NOT_FOUND = 203;
        /// <summary>not_found: no such category</summary>
        public const int CARNET_REASON_CATEGORY_NOT_FOUND = 204;
        /// <summary>not_found: no such service</summary>
        public const int CARNET_REASON_SERVICE_NOT_FOUND = 205;
        /// <summary>not_found: no such plan</summary>
        public const int CARNET_REASON_PLAN_NOT_FOUND = 206;
        /// <summary>not_found: no such pass</summary>
        public const int CARNET_REASON_PASS_NOT_FOUND = 207;
        /// <summary>not_found: no such card</summary>
        public const int CARNET_REASON_CARD_NOT_FOUND = 208;
        /// <summary>not_found: no such account</summary>
        public const int CARNET_REASON_ACCOUNT_NOT_FOUND = 209;
        /// <summary>not_found: no such journal entry</summary>
        public const int CARNET_REASON_ENTRY_NOT_FOUND = 210;
        /// <summary>not_found: no such visit</summary>
        public const int CARNET_REASON_VISIT_NOT_FOUND = 211;
        /// <summary>not_found: no such booking</summary>
        public const int CARNET_REASON_BOOKING_NOT_FOUND = 212;
        /// <summary>not_found: no such hold</summary>
        public const int CARNET_REASON_HOLD_NOT_FOUND = 213;
        /// <summary>not_found: no such freeze</summary>
        public const int CARNET_REASON_FREEZE_NOT_FOUND = 214;
        /// <summary>not_found: no such conflict</summary>
        public const int CARNET_REASON_CONFLICT_NOT_FOUND = 215;
        /// <summary>not_found: no such transfer or group</summary>
        public const int CARNET_REASON_TRANSFER_NOT_FOUND = 216;
        /// <summary>not_found: no such use</summary>
        public const int CARNET_REASON_USE_NOT_FOUND = 217;
        /// <summary>not_found: no such zone</summary>
        public const int CARNET_REASON_ZONE_NOT_FOUND = 218;
        /// <summary>not_found: no such comment</summary>
        public const int CARNET_REASON_COMMENT_NOT_FOUND = 219;
        /// <summary>not_found: no such consent</summary>
        public const int CARNET_REASON_CONSENT_NOT_FOUND = 220;
        /// <summary>not_found: no such photo or file</summary>
        public const int CARNET_REASON_FILE_NOT_FOUND = 221;
        /// <summary>not_found: no such field of the venue's chart</summary>
        public const int CARNET_REASON_FIELD_NOT_FOUND = 222;
        /// <summary>not_found: no such household</summary>
        public const int CARNET_REASON_HOUSEHOLD_NOT_FOUND = 223;
        /// <summary>not_found: no such message</summary>
        public const int CARNET_REASON_MESSAGE_NOT_FOUND = 224;
        /// <summary>refused: the balance does not cover the amount</summary>
        public const int CARNET_REASON_INSUFFICIENT = 301;
        /// <summary>refused: the time of the operation is too far from the clock or behind the venue</summary>
        public const int CARNET_REASON_CLOCK = 302;
        /// <summary>refused: the plan is not for sale through this channel</summary>
        public const int CARNET_REASON_NOT_FOR_SALE = 303;
        /// <summary>refused: the plan was deleted</summary>
        public const int CARNET_REASON_PLAN_DELETED = 304;
        /// <summary>refused: the pass has already ended</summary>
        public const int CARNET_REASON_PASS_ENDED = 305;
        /// <summary>refused: the client is archived</summary>
        public const int CARNET_REASON_CLIENT_ARCHIVED = 306;
        /// <summary>refused: a business day is open already</summary>
        public const int CARNET_REASON_DAY_OPEN = 307;
        /// <summary>refused: no business day is open</summary>
        public const int CARNET_REASON_DAY_NOT_OPEN = 308;
        /// <summary>refused: that business day was closed before</summary>
        public const int CARNET_REASON_DAY_CLOSED = 309;
        /// <summary>refused: the client is not inside</summary>
        public const int CARNET_REASON_NOT_INSIDE = 310;
        /// <summary>refused: the venue has switched this off</summary>
        public const int CARNET_REASON_DISABLED = 311;
        /// <summary>refused: more than what is left to refund</summary>
        public const int CARNET_REASON_NOTHING_TO_REFUND = 312;
        /// <summary>refused: the plan does not allow this, or the rights of the operator</summary>
        public const int CARNET_REASON_NOT_ALLOWED = 313;
        /// <summary>refused: more than what the plan still allows</summary>
        public const int CARNET_REASON_ALLOWANCE_USED = 314;
        /// <summary>refused: the change would reach into the past</summary>
        public const int CARNET_REASON_IN_THE_PAST = 315;
        /// <summary>refused: the pass is not frozen</summary>
        public const int CARNET_REASON_NOT_FROZEN = 316;
        /// <summary>refused: no pass of the client pays for it</summary>
        public const int CARNET_REASON_NOT_COVERED = 317;
        /// <summary>refused: it was used, so it cannot be taken back whole</summary>
        public const int CARNET_REASON_ALREADY_USED = 318;
        /// <summary>refused: the hold was captured or released, or its time is over</summary>
        public const int CARNET_REASON_HOLD_ENDED = 319;
        /// <summary>refused: more than the hold allows to capture</summary>
        public const int CARNET_REASON_OVER_CAPTURE = 320;
        /// <summary>refused: the pass was cancelled, transferred or replaced</summary>
        public const int CARNET_REASON_PASS_CLOSED = 321;
        /// <summary>refused: more than what is left to reverse</summary>
        public const int CARNET_REASON_NOTHING_TO_REVERSE = 322;
        /// <summary>refused: the client is not a company, or is itself</summary>
        public const int CARNET_REASON_NOT_A_COMPANY = 323;
        /// <summary>refused: the client is not a person</summary>
        public const int CARNET_REASON_NOT_A_PERSON = 324;
        /// <summary>refused: the client belongs to no company</summary>
        public const int CARNET_REASON_NO_COMPANY = 325;
        /// <summary>refused: the card was given back</summary>
        public const int CARNET_REASON_CARD_RETURNED = 326;
        /// <summary>refused: the card is not blocked</summary>
        public const int CARNET_REASON_NOT_BLOCKED = 327;
        /// <summary>conflict: the entity was changed since it was read</summary>
        public const int CARNET_REASON_STALE_VERSION = 401;
        /// <summary>conflict: the key was used before for other content</summary>
        public const int CARNET_REASON_KEY_REUSED = 402;
        /// <summary>conflict: this exists already</summary>
        public const int CARNET_REASON_ALREADY_EXISTS = 403;
        /// <summary>conflict: the external id belongs to another entity</summary>
        public const int CARNET_REASON_EXTERNAL_ID_TAKEN = 404;
        /// <summary>conflict: the card belongs to another client</summary>
        public const int CARNET_REASON_CARD_TAKEN = 405;
        /// <summary>conflict: this was done before</summary>
        public const int CARNET_REASON_ALREADY_DONE = 406;
        /// <summary>storage: the store stayed busy until the deadline</summary>
        public const int CARNET_REASON_BUSY = 501;
        /// <summary>storage: the disk is full</summary>
        public const int CARNET_REASON_FULL = 502;
        /// <summary>storage: the store is damaged or not a Carnet store</summary>
        public const int CARNET_REASON_CORRUPT = 503;
        /// <summary>storage: the store was written by a newer library</summary>
        public const int CARNET_REASON_NEWER = 504;
        /// <summary>storage: the disk refused to read or write</summary>
        public const int CARNET_REASON_IO = 505;
        /// <summary>storage: the store must be upgraded first</summary>
        public const int CARNET_REASON_OLDER = 506;
        /// <summary>storage: a SQLite store must not lie on a network file system</summary>
        public const int CARNET_REASON_NETWORK_FILE_SYSTEM = 507;
        /// <summary>storage: the SQLite library is older than 3.51.3</summary>
        public const int CARNET_REASON_LIBRARY_TOO_OLD = 508;
        /// <summary>storage: there is no store at this place</summary>
        public const int CARNET_REASON_MISSING = 509;
        /// <summary>storage: something exists at this place already</summary>
        public const int CARNET_REASON_EXISTS = 510;
        /// <summary>storage: the store cannot be written to</summary>
        public const int CARNET_REASON_READ_ONLY = 511;
        /// <summary>storage: the server cannot be reached</summary>
        public const int CARNET_REASON_UNREACHABLE = 512;
        /// <summary>storage: the connection broke during the commit: repeat with the same key</summary>
        public const int CARNET_REASON_UNKNOWN_OUTCOME = 513;
        /// <summary>storage: the server refuses this user</summary>
        public const int CARNET_REASON_ACCESS_DENIED = 514;
        /// <summary>misuse: the engine was closed</summary>
        public const int CARNET_REASON_CLOSED = 901;
        /// <summary>misuse: the handle is not one of an open object</summary>
        public const int CARNET_REASON_BAD_HANDLE = 902;
        /// <summary>misuse: a pointer that must not be null is null</summary>
        public const int CARNET_REASON_NULL_POINTER = 903;
        /// <summary>misuse: the call was interrupted by the caller</summary>
        public const int CARNET_REASON_INTERRUPTED = 904;
        /// <summary>misuse: this build or this store cannot do that</summary>
        public const int CARNET_REASON_UNSUPPORTED = 905;
        /// <summary>misuse: an earlier call on this engine failed inside the library: close it and open it again</summary>
        public const int CARNET_REASON_POISONED = 906;
        /// <summary>misuse: the struct is not one of this library: its struct_size is wrong, or it is not aligned</summary>
        public const int CARNET_REASON_BAD_STRUCT = 907;
        /// <summary>internal: a defect of the library; please report it</summary>
        public const int CARNET_REASON_INTERNAL = 999;
        /// <summary>Adds a venue, its default zone and its counter-accounts.</summary>
        public const string CARNET_OP_VENUE_ADD = "venue.add";
        /// <summary>Changes a venue.</summary>
        public const string CARNET_OP_VENUE_CHANGE = "venue.change";
        /// <summary>Lists the venues.</summary>
        public const string CARNET_OP_VENUE_LIST = "venue.list";
        /// <summary>Adds a member of staff or a device that acts.</summary>
        public const string CARNET_OP_OPERATOR_ADD = "operator.add";
        /// <summary>Lists the operators.</summary>
        public const string CARNET_OP_OPERATOR_LIST = "operator.list";
        /// <summary>Adds a category of services.</summary>
        public const string CARNET_OP_CATEGORY_ADD = "category.add";
        /// <summary>Adds a service to the price list.</summary>
        public const string CARNET_OP_SERVICE_ADD = "service.add";
        /// <summary>Changes a service; what was sold keeps its old price.</summary>
        public const string CARNET_OP_SERVICE_CHANGE = "service.change";
        /// <summary>Lists categories and services.</summary>
        public const string CARNET_OP_SERVICE_LIST = "service.list";
        /// <summary>Adds a client. Any field may be empty.</summary>
        public const string CARNET_OP_CLIENT_ADD = "client.add";
        /// <summary>Sets or clears fields of a client.</summary>
        public const string CARNET_OP_CLIENT_CHANGE = "client.change";
        /// <summary>Attaches a tag to a client.</summary>
        public const string CARNET_OP_CLIENT_TAG = "client.tag";
        /// <summary>Returns one client.</summary>
        public const string CARNET_OP_CLIENT_GET = "client.get";
        /// <summary>Finds clients by name, phone, e-mail, card or external id.</summary>
        public const string CARNET_OP_CLIENT_FIND = "client.find";
        /// <summary>Adds the client with a key in another system, or changes the one that has it.</summary>
        public const string CARNET_OP_CLIENT_PUT = "client.put";
        /// <summary>Finds what has a key in another system.</summary>
        public const string CARNET_OP_EXTERNAL_ID_FIND = "external_id.find";
        /// <summary>Clients added in a period, by where they heard of the venue.</summary>
        public const string CARNET_OP_REPORT_SOURCES = "report.sources";
        /// <summary>Writes a comment about a client.</summary>
        public const string CARNET_OP_CLIENT_COMMENT_ADD = "client.comment_add";
        /// <summary>Removes a comment: who and when stays, the text goes.</summary>
        public const string CARNET_OP_CLIENT_COMMENT_REMOVE = "client.comment_remove";
        /// <summary>Lists the comments about a client, newest first.</summary>
        public const string CARNET_OP_CLIENT_COMMENTS = "client.comments";
        /// <summary>Writes down that a client agrees to something, or does no more.</summary>
        public const string CARNET_OP_CLIENT_CONSENT = "client.consent";
        /// <summary>Lists what a client agreed to, newest first.</summary>
        public const string CARNET_OP_CLIENT_CONSENTS = "client.consents";
        /// <summary>Sets the photo of a client: its bytes, or where the host keeps it.</summary>
        public const string CARNET_OP_CLIENT_PHOTO_SET = "client.photo_set";
        /// <summary>Returns the photo of a client.</summary>
        public const string CARNET_OP_CLIENT_PHOTO_GET = "client.photo_get";
        /// <summary>Removes the photo of a client.</summary>
        public const string CARNET_OP_CLIENT_PHOTO_REMOVE = "client.photo_remove";
        /// <summary>Adds a file to a client.</summary>
        public const string CARNET_OP_CLIENT_FILE_ADD = "client.file_add";
        /// <summary>Lists the files of a client, newest first.</summary>
        public const string CARNET_OP_CLIENT_FILES = "client.files";
        /// <summary>Returns a file of a client.</summary>
        public const string CARNET_OP_CLIENT_FILE_GET = "client.file_get";
        /// <summary>Removes a file of a client.</summary>
        public const string CARNET_OP_CLIENT_FILE_REMOVE = "client.file_remove";
        /// <summary>Changes an operator: name, rights, keys.</summary>
        public const string CARNET_OP_OPERATOR_CHANGE = "operator.change";
        /// <summary>Adds a field to the chart of the venue's clients.</summary>
        public const string CARNET_OP_FIELD_ADD = "field.add";
        /// <summary>Changes a field of the chart.</summary>
        public const string CARNET_OP_FIELD_CHANGE = "field.change";
        /// <summary>Lists the fields of the venue's chart.</summary>
        public const string CARNET_OP_FIELD_LIST = "field.list";
        /// <summary>Writes into the chart of a client.</summary>
        public const string CARNET_OP_CLIENT_CHART_SET = "client.chart_set";
        /// <summary>Returns the chart of a client, without what is sensitive.</summary>
        public const string CARNET_OP_CLIENT_CHART_GET = "client.chart_get";
        /// <summary>Returns the whole chart to an operator who may read it, and notes that it was read.</summary>
        public const string CARNET_OP_CLIENT_CHART_OPEN = "client.chart_open";
        /// <summary>Lists who opened the chart of a client.</summary>
        public const string CARNET_OP_CLIENT_CHART_READERS = "client.chart_readers";
        /// <summary>Adds a household.</summary>
        public const string CARNET_OP_HOUSEHOLD_ADD = "household.add";
        /// <summary>Changes a household: its name, who belongs to it.</summary>
        public const string CARNET_OP_HOUSEHOLD_CHANGE = "household.change";
        /// <summary>Lists who belongs to a company.</summary>
        public const string CARNET_OP_COMPANY_GUESTS = "company.guests";
        /// <summary>Invites a client to an online account: a message with a token is queued.</summary>
        public const string CARNET_OP_CLIENT_INVITE = "client.invite";
        /// <summary>Takes an invitation up. A token that does nothing is an attempt that is refused.</summary>
        public const string CARNET_OP_CLIENT_ACTIVATE = "client.activate";
        /// <summary>Lists what waits in the outbox, with addresses and tokens.</summary>
        public const string CARNET_OP_MESSAGE_LIST = "message.list";
        /// <summary>Writes down that a message was sent, or could not be.</summary>
        public const string CARNET_OP_MESSAGE_DONE = "message.done";
        /// <summary>Everything about a client in one reply.</summary>
        public const string CARNET_OP_CLIENT_OVERVIEW = "client.overview";
        /// <summary>Finds clients by whatever is typed at the desk, the best match first.</summary>
        public const string CARNET_OP_CLIENT_SEARCH = "client.search";
        /// <summary>Issues a card to a client.</summary>
        public const string CARNET_OP_CARD_ADD = "card.add";
        /// <summary>Finds a card by what the reader sends.</summary>
        public const string CARNET_OP_CARD_FIND = "card.find";
        /// <summary>Blocks a card: it opens nothing until it is free again.</summary>
        public const string CARNET_OP_CARD_BLOCK = "card.block";
        /// <summary>Frees a card that is blocked.</summary>
        public const string CARNET_OP_CARD_UNBLOCK = "card.unblock";
        /// <summary>Takes a card back: it can be issued again to anybody.</summary>
        public const string CARNET_OP_CARD_RETURN = "card.return";
        /// <summary>Blocks a card and issues another one to its client.</summary>
        public const string CARNET_OP_CARD_REPLACE = "card.replace";
        /// <summary>Adds a plan to the price list.</summary>
        public const string CARNET_OP_PLAN_ADD = "plan.add";
        /// <summary>Changes a plan; only the next sale is affected.</summary>
        public const string CARNET_OP_PLAN_CHANGE = "plan.change";
        /// <summary>Takes a plan out of online sale, and from the desk if asked; holders go on.</summary>
        public const string CARNET_OP_PLAN_DEACTIVATE = "plan.deactivate";
        /// <summary>Deletes a plan: its passes are suspended, reversibly.</summary>
        public const string CARNET_OP_PLAN_DELETE = "plan.delete";
        /// <summary>Lists the plans, or those for sale through one channel.</summary>
        public const string CARNET_OP_PLAN_LIST = "plan.list";
        /// <summary>Sells a plan to a client.</summary>
        public const string CARNET_OP_PASS_SELL = "pass.sell";
        /// <summary>Returns one pass with its state and rest.</summary>
        public const string CARNET_OP_PASS_GET = "pass.get";
        /// <summary>Lists passes of a client, of a plan, or those that end soon.</summary>
        public const string CARNET_OP_PASS_LIST = "pass.list";
        /// <summary>Cancels a pass, now or at its end; refunds what is asked for, the rest of its value lapses.</summary>
        public const string CARNET_OP_PASS_CANCEL = "pass.cancel";
        /// <summary>Lists every pass that would pay for a service, in order, and for every other pass why not.</summary>
        public const string CARNET_OP_PASS_QUOTE = "pass.quote";
        /// <summary>Uses a pass for a service without a door: takes the visits or credit.</summary>
        public const string CARNET_OP_PASS_USE = "pass.use";
        /// <summary>Freezes a pass: it cannot be used for some days, and its end moves by them.</summary>
        public const string CARNET_OP_PASS_FREEZE = "pass.freeze";
        /// <summary>Ends a freeze today, or calls off one that has not begun.</summary>
        public const string CARNET_OP_PASS_UNFREEZE = "pass.unfreeze";
        /// <summary>Freezes all open passes of the venue, or those of one plan.</summary>
        public const string CARNET_OP_PASS_FREEZE_ALL = "pass.freeze_all";
        /// <summary>Moves the end of a pass on, also of one that has ended.</summary>
        public const string CARNET_OP_PASS_EXTEND = "pass.extend";
        /// <summary>Edits a pass: its last day, its notes, whether it renews by itself.</summary>
        public const string CARNET_OP_PASS_CHANGE = "pass.change";
        /// <summary>What was done to a pass after its sale, with what it was before and after.</summary>
        public const string CARNET_OP_PASS_HISTORY = "pass.history";
        /// <summary>Sells the pass that follows another, from its end on.</summary>
        public const string CARNET_OP_PASS_RENEW = "pass.renew";
        /// <summary>Lists the passes that renew by themselves and whose payment is due.</summary>
        public const string CARNET_OP_RENEWAL_DUE = "renewal.due";
        /// <summary>Records that the payment of a renewal failed.</summary>
        public const string CARNET_OP_RENEWAL_FAILED = "renewal.failed";
        /// <summary>Gives a pass to another client.</summary>
        public const string CARNET_OP_PASS_TRANSFER = "pass.transfer";
        /// <summary>Changes a pass for one of another plan; what it is still worth pays for the new one.</summary>
        public const string CARNET_OP_PASS_REPLACE = "pass.replace";
        /// <summary>Books a service; a pass pays for it when it is made, or when it is attended.</summary>
        public const string CARNET_OP_BOOKING_ADD = "booking.add";
        /// <summary>Calls a booking off, and gives back what it took.</summary>
        public const string CARNET_OP_BOOKING_CANCEL = "booking.cancel";
        /// <summary>Writes down that the client came.</summary>
        public const string CARNET_OP_BOOKING_ATTEND = "booking.attend";
        /// <summary>Lists the bookings of a client, or of the venue, by their beginning.</summary>
        public const string CARNET_OP_BOOKING_LIST = "booking.list";
        /// <summary>Gives a pass visits or credit or takes some away, by hand.</summary>
        public const string CARNET_OP_PASS_ADJUST = "pass.adjust";
        /// <summary>Puts money on a client's account.</summary>
        public const string CARNET_OP_ACCOUNT_TOP_UP = "account.top_up";
        /// <summary>Pays from a client's account.</summary>
        public const string CARNET_OP_ACCOUNT_CHARGE = "account.charge";
        /// <summary>Gives a client money or takes some away, by hand.</summary>
        public const string CARNET_OP_ACCOUNT_ADJUST = "account.adjust";
        /// <summary>Sets how far a client's account may be used beyond what is on it.</summary>
        public const string CARNET_OP_ACCOUNT_LIMIT = "account.limit";
        /// <summary>What can be spent from a client's account.</summary>
        public const string CARNET_OP_ACCOUNT_BALANCE = "account.balance";
        /// <summary>Lists the movements of an account with a running balance.</summary>
        public const string CARNET_OP_ACCOUNT_STATEMENT = "account.statement";
        /// <summary>Takes a running pass over from an older system, once.</summary>
        public const string CARNET_OP_PASS_IMPORT = "pass.import";
        /// <summary>Takes a client's balance or debt over from an older system, once.</summary>
        public const string CARNET_OP_ACCOUNT_IMPORT = "account.import";
        /// <summary>What was taken over from older systems: counts and totals.</summary>
        public const string CARNET_OP_REPORT_OPENING = "report.opening";
        /// <summary>Holds money, visits or credit for a client: all of it or nothing, until a time.</summary>
        public const string CARNET_OP_HOLD_PLACE = "hold.place";
        /// <summary>Takes what is held, less of it, or more within the limit of the hold; the rest is free.</summary>
        public const string CARNET_OP_HOLD_CAPTURE = "hold.capture";
        /// <summary>Frees what is held.</summary>
        public const string CARNET_OP_HOLD_RELEASE = "hold.release";
        /// <summary>Returns one hold with what it is now.</summary>
        public const string CARNET_OP_HOLD_GET = "hold.get";
        /// <summary>Lists the holds of a client, or those of the venue that are open.</summary>
        public const string CARNET_OP_HOLD_LIST = "hold.list";
        /// <summary>Moves back what a movement moved, whole or in part, once, to where it came from.</summary>
        public const string CARNET_OP_TRANSFER_REVERSE = "transfer.reverse";
        /// <summary>Answers whether a client may come in. Writes nothing.</summary>
        public const string CARNET_OP_ACCESS_DECIDE = "access.decide";
        /// <summary>Decides again and lets the client in: takes the visit or credit. A refusal is recorded as an attempt.</summary>
        public const string CARNET_OP_ACCESS_ENTER = "access.enter";
        /// <summary>Ends the visit of a client.</summary>
        public const string CARNET_OP_ACCESS_EXIT = "access.exit";
        /// <summary>Lists the clients who are inside a venue.</summary>
        public const string CARNET_OP_ACCESS_WHO_IS_IN = "access.who_is_in";
        /// <summary>Lists late entries that nothing paid for.</summary>
        public const string CARNET_OP_CONFLICT_LIST = "conflict.list";
        /// <summary>Writes down how a conflict was settled.</summary>
        public const string CARNET_OP_CONFLICT_SETTLE = "conflict.settle";
        /// <summary>Opens the business day of a venue.</summary>
        public const string CARNET_OP_DAY_OPEN = "day.open";
        /// <summary>Closes the business day: posts value earned by time and value that expired.</summary>
        public const string CARNET_OP_DAY_CLOSE = "day.close";
        /// <summary>Sales of a period by plan and by method of payment.</summary>
        public const string CARNET_OP_REPORT_SALES = "report.sales";
        /// <summary>Visits of a period by weekday and hour of the venue's zone.</summary>
        public const string CARNET_OP_REPORT_VISITS = "report.visits";
        /// <summary>Services rendered in a period, apart from what was sold.</summary>
        public const string CARNET_OP_REPORT_SERVICES = "report.services";
        /// <summary>What the venue still owes: value sold and not yet given, and money on accounts.</summary>
        public const string CARNET_OP_REPORT_OWED = "report.owed";
        /// <summary>The books of a venue over a period of business dates: what is owed for passes, and every counter-account.</summary>
        public const string CARNET_OP_REPORT_BOOKS = "report.books";
        /// <summary>Returns what changed after a position of the journal, in order, with no gap.</summary>
        public const string CARNET_OP_CHANGES_SINCE = "changes.since";
        /// <summary>Returns journal entries in full, for replay. Contains personal data.</summary>
        public const string CARNET_OP_JOURNAL_EXPORT = "journal.export";
        /// <summary>Recomputes every digest and the whole chain of the journal.</summary>
        public const string CARNET_OP_JOURNAL_VERIFY = "journal.verify";
        /// <summary>Rebuilds everything derived from the ledger and lists every difference.</summary>
        public const string CARNET_OP_STORE_CHECK = "store.check";
        /// <summary>Lists clients in an order, with filters, page by page.</summary>
        public const string CARNET_OP_CLIENT_LIST = "client.list";
        /// <summary>Sets or clears parameters of a visit, such as the settings of machines.</summary>
        public const string CARNET_OP_VISIT_PARAMETERS = "visit.parameters";
        /// <summary>The last value of each parameter that a client's visits had.</summary>
        public const string CARNET_OP_VISIT_LAST_PARAMETERS = "visit.last_parameters";
        /// <summary>Lists the visits of a client, with their parameters and what paid for them.</summary>
        public const string CARNET_OP_CLIENT_VISITS = "client.visits";
        /// <summary>Lists all that happened to a client, the latest first.</summary>
        public const string CARNET_OP_CLIENT_HISTORY = "client.history";
        /// <summary>Who was there in an interval, or whether one client was.</summary>
        public const string CARNET_OP_PRESENCE_BETWEEN = "presence.between";
        /// <summary>How often a client came in the last weeks.</summary>
        public const string CARNET_OP_CLIENT_FREQUENCY = "client.frequency";
        /// <summary>Ranks the clients of a venue by how often they came in a period.</summary>
        public const string CARNET_OP_REPORT_FREQUENCY = "report.frequency";
        /// <summary>The day of a venue on one page.</summary>
        public const string CARNET_OP_DESK_TODAY = "desk.today";
        /// <summary>Writes down what is due; calling it twice or never changes no right and no balance.</summary>
        public const string CARNET_OP_TICK = "tick";
        /// <summary>Lists what was written by papers of the host, with what each line came to.</summary>
        public const string CARNET_OP_DOCUMENT_FIND = "document.find";
        /// <summary>Versions, settings, counts and results of checks, without personal data.</summary>
        public const string CARNET_OP_SUPPORT_REPORT = "support.report";
        /// <summary>Level of a log line: the library could not do what it had to.</summary>
        public const int CARNET_LOG_ERROR = 1;
        /// <summary>Level of a log line: something is not as it should be, the library goes on.</summary>
        public const int CARNET_LOG_WARN = 2;
        /// <summary>Level of a log line: stores opened, upgraded, closed.</summary>
        public const int CARNET_LOG_INFO = 3;
        /// <summary>Level of a log line: for the developers of the library.</summary>
        public const int CARNET_LOG_DEBUG = 4;
        /// <summary>An instant that means "now", by the engine's clock: the value time of a call that names none.</summary>
        public const int CARNET_NOW = 0;
        /// <summary>An end that never comes: 9999-01-01T00:00:00Z in microseconds.</summary>
        public const long CARNET_NEVER = 253370764800000000;
        /// <summary>In a result: there is no such instant.</summary>
        public const long CARNET_NO_TIME = -9223372036854775808;
        /// <summary>In a result: visits do not come into it.</summary>
        public const int CARNET_NO_VISITS = -1;
        /// <summary>Flag of a call: decide and answer, write nothing.</summary>
        public const int CARNET_CALL_DRY_RUN = 1;
        /// <summary>Flag of a call: the field `line` is filled.</summary>
        public const int CARNET_CALL_HAS_LINE = 2;
        /// <summary>Whether the door opens: it does.</summary>
        public const int CARNET_OUTCOME_ADMITTED = 1;
        /// <summary>Whether the door opens: it stays shut.</summary>
        public const int CARNET_OUTCOME_REFUSED = 2;
        /// <summary>No such card.</summary>
        public const int CARNET_DENY_UNKNOWN_CARD = 1;
        /// <summary>The card is blocked, lost or was returned.</summary>
        public const int CARNET_DENY_CARD_BLOCKED = 2;
        /// <summary>No such client.</summary>
        public const int CARNET_DENY_UNKNOWN_CLIENT = 3;
        /// <summary>The client is archived.</summary>
        public const int CARNET_DENY_CLIENT_ARCHIVED = 4;
        /// <summary>The service asked for does not exist.</summary>
        public const int CARNET_DENY_UNKNOWN_SERVICE = 5;
        /// <summary>The time of the request is too far from the clock, or behind what the venue has seen.</summary>
        public const int CARNET_DENY_CLOCK = 6;
        /// <summary>The service is for the other sex.</summary>
        public const int CARNET_DENY_WRONG_SEX = 7;
        /// <summary>The service is for one sex and the client's is not known.</summary>
        public const int CARNET_DENY_SEX_UNKNOWN = 8;
        /// <summary>The client is inside already.</summary>
        public const int CARNET_DENY_ALREADY_INSIDE = 9;
        /// <summary>The client holds no pass.</summary>
        public const int CARNET_DENY_NO_PASS = 10;
        /// <summary>The pass named is not held by the client.</summary>
        public const int CARNET_DENY_PASS_NOT_HELD = 11;
        /// <summary>The pass has not started.</summary>
        public const int CARNET_DENY_NOT_STARTED = 12;
        /// <summary>The pass has ended.</summary>
        public const int CARNET_DENY_EXPIRED = 13;
        /// <summary>Nothing is left on the pass.</summary>
        public const int CARNET_DENY_EXHAUSTED = 14;
        /// <summary>The credit left is less than the price.</summary>
        public const int CARNET_DENY_INSUFFICIENT_CREDIT = 15;
        /// <summary>A credit pass cannot pay what has no price.</summary>
        public const int CARNET_DENY_NO_PRICE = 16;
        /// <summary>The pass was cancelled.</summary>
        public const int CARNET_DENY_CANCELLED = 17;
        /// <summary>The plan of the pass was deleted.</summary>
        public const int CARNET_DENY_PLAN_DELETED = 18;
        /// <summary>The pass does not cover the service.</summary>
        public const int CARNET_DENY_SERVICE_NOT_COVERED = 19;
        /// <summary>The pass is not valid at this venue.</summary>
        public const int CARNET_DENY_VENUE_NOT_COVERED = 20;
        /// <summary>The pass is not valid in this zone.</summary>
        public const int CARNET_DENY_ZONE_NOT_COVERED = 21;
        /// <summary>The client is younger than the pass allows.</summary>
        public const int CARNET_DENY_TOO_YOUNG = 22;
        /// <summary>The client is older than the pass allows.</summary>
        public const int CARNET_DENY_TOO_OLD = 23;
        /// <summary>The pass is for some ages and the client's is not known.</summary>
        public const int CARNET_DENY_AGE_UNKNOWN = 24;
        /// <summary>The pass is not valid at this hour.</summary>
        public const int CARNET_DENY_OUTSIDE_HOURS = 25;
        /// <summary>The uses of the day are used up.</summary>
        public const int CARNET_DENY_DAY_LIMIT = 26;
        /// <summary>The uses of the week are used up.</summary>
        public const int CARNET_DENY_WEEK_LIMIT = 27;
        /// <summary>The uses of the month are used up.</summary>
        public const int CARNET_DENY_MONTH_LIMIT = 28;
        /// <summary>The uses of the pass are used up.</summary>
        public const int CARNET_DENY_USE_LIMIT = 29;
        /// <summary>The last use was too short a time ago.</summary>
        public const int CARNET_DENY_TOO_SOON = 30;
        /// <summary>The pass is frozen.</summary>
        public const int CARNET_DENY_FROZEN = 31;
        /// <summary>The pass was given to another client.</summary>
        public const int CARNET_DENY_TRANSFERRED = 32;
        /// <summary>The pass was changed for another one.</summary>
        public const int CARNET_DENY_REPLACED = 33;
        /// <summary>The store could not answer.</summary>
        public const int CARNET_DENY_ERROR = 34;
        /// <summary>A pass that holds: time.</summary>
        public const int CARNET_PLAN_TIME = 1;
        /// <summary>A pass that holds: credit.</summary>
        public const int CARNET_PLAN_CREDIT = 2;
        /// <summary>A pass that holds: visits.</summary>
        public const int CARNET_PLAN_VISITS = 3;
        /// <summary>How a card is read: a magnetic stripe.</summary>
        public const int CARNET_CARD_MAGNETIC = 1;
        /// <summary>How a card is read: a printed barcode.</summary>
        public const int CARNET_CARD_BARCODE = 2;
        /// <summary>How a card is read: a radio tag.</summary>
        public const int CARNET_CARD_RFID = 3;
        /// <summary>How a card is read: a QR code.</summary>
        public const int CARNET_CARD_QR = 4;
        /// <summary>How a card is read: a reference to a face kept by the host.</summary>
        public const int CARNET_CARD_FACE = 5;
        /// <summary>Whether a card opens anything: it does.</summary>
        public const int CARNET_CARD_STATE_ACTIVE = 1;
        /// <summary>Whether a card opens anything: it was blocked by the desk.</summary>
        public const int CARNET_CARD_STATE_BLOCKED = 2;
        /// <summary>Whether a card opens anything: it was reported lost.</summary>
        public const int CARNET_CARD_STATE_LOST = 3;
        /// <summary>Whether a card opens anything: it was given back.</summary>
        public const int CARNET_CARD_STATE_RETURNED = 4;
        /// <summary>What became of a hold: what it holds is not available.</summary>
        public const int CARNET_HOLD_OPEN = 1;
        /// <summary>What became of a hold: it was captured, whole or in part; the rest is free.</summary>
        public const int CARNET_HOLD_CAPTURED = 2;
        /// <summary>What became of a hold: it was released.</summary>
        public const int CARNET_HOLD_RELEASED = 3;
        /// <summary>What became of a hold: its time was over.</summary>
        public const int CARNET_HOLD_EXPIRED = 4;
        /// <summary>An amount in money.</summary>
        public const int CARNET_UNIT_MONEY = 1;
        /// <summary>An amount in visits of a pass.</summary>
        public const int CARNET_UNIT_VISITS = 2;
        /// <summary>An amount in credit of a pass.</summary>
        public const int CARNET_UNIT_CREDIT = 3;

        /// <summary>Opens a reader of what changes.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_changes_open(IntPtr engine, long after, int limit, ref IntPtr changes, out IntPtr error);

        /// <summary>Waits for entries of the journal after the last that was handed out, and hands out the next of them, in order and with no gap.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_changes_next(IntPtr changes, long wait_ms, ref carnet_string page, out IntPtr error);

        /// <summary>The position up to which a reader has handed out everything: what a host keeps, to go on from there another time.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern long carnet_changes_position(IntPtr changes);

        /// <summary>Frees a reader and sets the pointer to null. Does nothing to a null or freed one. A running `carnet_changes_next` is waited for: `carnet_interrupt` ends it.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern void carnet_changes_free(ref IntPtr changes);

        /// <summary>The number of the reason.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_error_number(IntPtr error);

        /// <summary>Which of the requests of a batch failed.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern long carnet_error_index(IntPtr error);

        /// <summary>The family of the reason.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_error_code(IntPtr error);

        /// <summary>The reason.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_error_reason(IntPtr error);

        /// <summary>The field that was wrong.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_error_field(IntPtr error);

        /// <summary>What went wrong, for developers.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_error_message(IntPtr error);

        /// <summary>All of an error as a JSON object: code, number, reason, field, details.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_error_json(IntPtr error);

        /// <summary>Frees an error and sets the pointer to null. Does nothing to a null or freed one.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern void carnet_error_free(ref IntPtr error);

        /// <summary>The stable word of a reason, such as `card_not_found`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_reason_name(int number);

        /// <summary>The family of a reason, such as `not_found`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_reason_code(int number);

        /// <summary>One English sentence about a reason, for developers.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_reason_message(int number);

        /// <summary>The stable word of a reason why a door stays shut, such as `day_limit`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_deny_name(int number);

        /// <summary>Executes one operation.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_execute(IntPtr engine, byte[] request, UIntPtr request_len, ref carnet_string reply, out IntPtr error);

        /// <summary>Executes several writes in order, all of them or none. In the place of any value of its arguments, a write may name what an earlier one answered: `{"reply_of":0,"field":"client"}`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_execute_batch(IntPtr engine, byte[] requests, UIntPtr requests_len, ref carnet_string replies, out IntPtr error);

        /// <summary>Sets who gets the log lines of all engines of the process, in place of whoever got them before. Nobody does at first.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_log_set(int level, carnet_log log, IntPtr user, carnet_user_free user_free, out IntPtr error);

        /// <summary>Frees a text and sets it to nothing. Does nothing to a null pointer or to nothing.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern void carnet_string_free(ref carnet_string @string);

        /// <summary>Opens a store: a SQLite file by its path, or a PostgreSQL server by its URL, `postgresql://user@host/database`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_engine_open(byte[] path, UIntPtr path_len, byte[] options, UIntPtr options_len, ref IntPtr engine, out IntPtr error);

        /// <summary>Closes a store and sets the handle to null; does nothing to one that is null. Running calls are waited for, those that wait for changes end; the engine's threads have ended when it returns. Later calls fail with `CARNET_REASON_BAD_HANDLE`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_engine_close(ref IntPtr engine, out IntPtr error);

        /// <summary>Interrupts what is running on an engine: reads, waits for changes and for a turn to write, and backups end with `CARNET_REASON_INTERRUPTED`. A write that has begun is carried out. Calls that begin afterwards are not affected. On a server, a statement that is running there is waited for.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_interrupt(IntPtr engine, out IntPtr error);

        /// <summary>Copies a running store to a new file, which is a whole store by itself. From a server, the journal is replayed into it.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_backup(IntPtr engine, byte[] path, UIntPtr path_len, carnet_progress progress, IntPtr user, out IntPtr error);

        /// <summary>Finds a card by what the reader sends: `card.find`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_card_find(IntPtr engine, [In] carnet_call call, byte[] uid, UIntPtr uid_len, [In, Out] carnet_card card, out IntPtr error);

        /// <summary>Answers whether a client may come in: `access.decide`. Writes nothing. A refusal is an answer, not an error.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_access_decide(IntPtr engine, [In] carnet_call call, [In] carnet_access access, [In, Out] carnet_decision decision, out IntPtr error);

        /// <summary>Decides again and lets the client in: `access.enter`. Takes the visit or credit; a refusal is recorded as an attempt, and is an answer, not an error.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_access_enter(IntPtr engine, [In] carnet_call call, [In] carnet_access access, [In, Out] carnet_decision decision, [In, Out] carnet_entered entered, out IntPtr error);

        /// <summary>Ends the visit of a client: `access.exit`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_access_exit(IntPtr engine, [In] carnet_call call, [In] carnet_leave leave, [In, Out] carnet_exited exited, out IntPtr error);

        /// <summary>What is on a client's account: `account.balance`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_account_balance(IntPtr engine, [In] carnet_call call, long client, byte[] currency, UIntPtr currency_len, [In, Out] carnet_balance balance, out IntPtr error);

        /// <summary>Pays from a client's account: `account.charge`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_account_charge(IntPtr engine, [In] carnet_call call, [In] carnet_charge charge, [In, Out] carnet_charged charged, out IntPtr error);

        /// <summary>Moves back what a movement moved, whole or in part: `transfer.reverse`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_reverse(IntPtr engine, [In] carnet_call call, [In] carnet_reversal reversal, [In, Out] carnet_reversed reversed, out IntPtr error);

        /// <summary>Holds money, visits or credit of a client, all of it or nothing: `hold.place`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_hold_place(IntPtr engine, [In] carnet_call call, [In] carnet_hold hold, [In, Out] carnet_placed placed, out IntPtr error);

        /// <summary>Takes what is held, less of it, or more within the limit of the hold: `hold.capture`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_hold_capture(IntPtr engine, [In] carnet_call call, [In] carnet_capture capture, [In, Out] carnet_captured captured, out IntPtr error);

        /// <summary>Frees what is held: `hold.release`.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_hold_release(IntPtr engine, [In] carnet_call call, long hold, [In, Out] carnet_released released, out IntPtr error);

        /// <summary>The version of the library that runs.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern IntPtr carnet_version();

        /// <summary>The version of the library that runs, as a number. A program compares it with `CARNET_VERSION_NUMBER`, the version it was built with.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_version_number();

        /// <summary>The version of the ABI. A library serves every program built for the same number.</summary>
        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]
        public static extern int carnet_abi_version();
    }

    /// <summary>Between strings and UTF-8.</summary>
    public static class Text
    {
        /// <summary>The length of a text that ends with a zero byte.</summary>
        public static readonly UIntPtr Whole = UIntPtr.Size == 8 ? new UIntPtr(ulong.MaxValue) : new UIntPtr(uint.MaxValue);

        /// <summary>UTF-8, ended by a zero byte.</summary>
        public static byte[] Utf8(string text)
        {
            return text == null ? null : Encoding.UTF8.GetBytes(text + "\0");
        }

        /// <summary>Fills an array of a struct; throws where the text has no room.</summary>
        public static void Fill(byte[] array, string text)
        {
            byte[] bytes = Utf8(text ?? "");
            if (bytes.Length > array.Length)
                throw new ArgumentException("the text is longer than " + (array.Length - 1) + " bytes");
            Array.Clear(array, 0, array.Length);
            Array.Copy(bytes, array, bytes.Length);
        }

        /// <summary>The text in an array of a struct.</summary>
        public static string Read(byte[] array)
        {
            int end = array == null ? -1 : Array.IndexOf(array, (byte)0);
            return array == null ? "" : Encoding.UTF8.GetString(array, 0, end < 0 ? array.Length : end);
        }

        /// <summary>A text that is lent by the library; null for none.</summary>
        public static string Read(IntPtr text)
        {
            if (text == IntPtr.Zero)
                return null;
            int end = 0;
            while (Marshal.ReadByte(text, end) != 0)
                end++;
            byte[] bytes = new byte[end];
            Marshal.Copy(text, bytes, 0, end);
            return Encoding.UTF8.GetString(bytes);
        }

        /// <summary>A text that the library gave, which is freed; null for none.</summary>
        public static string Take(ref carnet_string text)
        {
            string read = Read(text.ptr);
            Native.carnet_string_free(ref text);
            return read;
        }
    }

    /// <summary>Whether this file and the library speak of the same structs.</summary>
    public static class Layout
    {
        static void Size(Type type, int size)
        {
            if (Marshal.SizeOf(type) != size)
                throw new InvalidOperationException(type.Name + " has " + Marshal.SizeOf(type) + " bytes and not " + size);
        }

        /// <summary>Throws where a struct has another size than in C.</summary>
        public static void Check()
        {
            Size(typeof(carnet_call), 616);
            Size(typeof(carnet_card), 560);
            Size(typeof(carnet_access), 168);
            Size(typeof(carnet_money), 16);
            Size(typeof(carnet_rule), 64);
            Size(typeof(carnet_decision), 744);
            Size(typeof(carnet_entered), 48);
            Size(typeof(carnet_leave), 152);
            Size(typeof(carnet_exited), 32);
            Size(typeof(carnet_balance), 64);
            Size(typeof(carnet_charge), 56);
            Size(typeof(carnet_charged), 56);
            Size(typeof(carnet_reversal), 472);
            Size(typeof(carnet_movement), 40);
            Size(typeof(carnet_reversed), 656);
            Size(typeof(carnet_amount), 32);
            Size(typeof(carnet_hold), 984);
            Size(typeof(carnet_held), 32);
            Size(typeof(carnet_placed), 536);
            Size(typeof(carnet_capture), 560);
            Size(typeof(carnet_taken), 40);
            Size(typeof(carnet_captured), 680);
            Size(typeof(carnet_released), 24);
        }
    }
}
