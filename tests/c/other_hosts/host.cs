// A turnstile in C#: what Carnet.cs declares, used once.
using System;
using Carnet;

static class Host
{
    static void Must(bool holds, string what)
    {
        if (!holds)
            throw new InvalidOperationException(what);
    }

    static string Execute(IntPtr engine, string request)
    {
        carnet_string reply = new carnet_string();
        IntPtr error;
        int code = Native.carnet_execute(engine, Text.Utf8(request), Text.Whole, ref reply, out error);
        if (code != Native.CARNET_OK)
            throw new InvalidOperationException(request + ": " + Text.Read(Native.carnet_error_json(error)));
        return Text.Take(ref reply);
    }

    static long Id(string reply, string name)
    {
        int at = reply.IndexOf("\"" + name + "\":") + name.Length + 3;
        int end = at;
        while (char.IsDigit(reply[end]))
            end++;
        return long.Parse(reply.Substring(at, end - at));
    }

    static int Main(string[] args)
    {
        Layout.Check();
        Must(Native.carnet_version_number() == Native.CARNET_VERSION_NUMBER, "version");
        Must(Native.carnet_abi_version() == Native.CARNET_ABI_VERSION, "ABI version");
        IntPtr engine = IntPtr.Zero, error;
        int code = Native.carnet_engine_open(Text.Utf8(args[0]), Text.Whole, Text.Utf8("{\"create\":true}"), Text.Whole, ref engine, out error);
        Must(code == Native.CARNET_OK, "open");
        Execute(engine, "{\"op\":\"venue.add\",\"args\":{\"name\":\"Club\",\"time_zone\":\"Europe/Bucharest\",\"currency\":\"EUR\"}}");
        long client = Id(Execute(engine, "{\"op\":\"client.add\",\"args\":{\"first_name\":\"Жанна\"}}"), "client");
        Execute(engine, "{\"op\":\"card.add\",\"args\":{\"client\":" + client + ",\"uid\":\"04AB2F\"}}");
        Execute(engine, "{\"op\":\"account.top_up\",\"args\":{\"client\":" + client + ",\"amount\":{\"amount\":\"50.00\",\"currency\":\"EUR\"},\"method\":\"cash\"}}");

        carnet_access access = new carnet_access();
        Text.Fill(access.card, "04AB2F");
        carnet_decision decision = new carnet_decision();
        code = Native.carnet_access_decide(engine, null, access, decision, out error);
        Must(code == Native.CARNET_OK && decision.outcome == Native.CARNET_OUTCOME_REFUSED, "refused");
        Must(decision.reason == Native.CARNET_DENY_NO_PASS && decision.client == client, "no pass");
        Must(decision.rule_count == 1 && decision.rules[0].reason == Native.CARNET_DENY_NO_PASS, "the rule");
        Must(Text.Read(decision.line1) == "No entry: no pass", Text.Read(decision.line1));

        carnet_call call = new carnet_call();
        Text.Fill(call.key, "bill-1");
        carnet_charge charge = new carnet_charge();
        charge.client = client;
        charge.amount.minor = 1234;
        charge.amount.currency = new byte[] { (byte)'E', (byte)'U', (byte)'R', 0 };
        carnet_charged charged = new carnet_charged();
        for (int times = 0; times < 2; times++)
            Must(Native.carnet_account_charge(engine, call, charge, charged, out error) == Native.CARNET_OK, "charge");
        Must(charged.balance.minor == 5000 - 1234, "the balance");
        charge.amount.minor = 5000;
        code = Native.carnet_account_charge(engine, null, charge, null, out error);
        Must(code == Native.CARNET_REASON_INSUFFICIENT && Text.Read(Native.carnet_error_field(error)) == "amount", "insufficient");
        Native.carnet_error_free(ref error);
        Must(error == IntPtr.Zero, "freed");

        carnet_hold hold = new carnet_hold();
        hold.client = client;
        hold.part_count = 1;
        hold.minutes = 5;
        hold.parts[0].unit = Native.CARNET_UNIT_MONEY;
        hold.parts[0].amount = 700;
        hold.parts[0].currency = new byte[] { (byte)'E', (byte)'U', (byte)'R', 0 };
        carnet_placed placed = new carnet_placed();
        Must(Native.carnet_hold_place(engine, null, hold, placed, out error) == Native.CARNET_OK, "hold");
        Must(placed.part_count == 1 && placed.parts[0].amount == 700, "held");

        int told = 0;
        carnet_progress progress = delegate(IntPtr user, long done, long total) { told++; return 0; };
        Must(Native.carnet_backup(engine, Text.Utf8(args[0] + ".copy"), Text.Whole, progress, IntPtr.Zero, out error) == Native.CARNET_OK, "backup");
        Must(told > 0, "progress");
        IntPtr changes = IntPtr.Zero;
        Must(Native.carnet_changes_open(engine, 0, 0, ref changes, out error) == Native.CARNET_OK, "feed");
        carnet_string page = new carnet_string();
        Must(Native.carnet_changes_next(changes, 0, ref page, out error) == Native.CARNET_OK, "page");
        Must(Text.Take(ref page).Contains("client.add"), "changes");
        Native.carnet_changes_free(ref changes);
        Must(Native.carnet_engine_close(ref engine, out error) == Native.CARNET_OK && engine == IntPtr.Zero, "close");
        Console.WriteLine("C#: " + Text.Read(decision.line1) + ", rest " + charged.balance.minor + " EUR minor units");
        return 0;
    }
}
