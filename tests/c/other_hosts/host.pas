{ A turnstile in Pascal: what Carnet.pas declares, used once. }
program host;

{$IFDEF FPC}{$MODE DELPHI}{$H+}{$ASSERTIONS ON}{$CODEPAGE UTF8}{$ENDIF}

uses
  SysUtils, Carnet;

procedure Must(holds: Boolean; const what: string);
begin
  if not holds then
  begin
    WriteLn(StdErr, 'failed: ', what);
    Halt(1);
  end;
end;

function Execute(engine: carnet_engine; const request: UTF8String): UTF8String;
var
  reply: carnet_string;
  error: carnet_error;
begin
  FillChar(reply, SizeOf(reply), 0);
  if carnet_execute(engine, PAnsiChar(request), Length(request), @reply, @error) <> CARNET_OK then
    Must(False, string(request) + ': ' + string(AnsiString(carnet_error_json(error))));
  SetString(Result, reply.ptr, reply.len);
  carnet_string_free(@reply);
end;

function Id(const reply, name: UTF8String): Int64;
var
  at: Integer;
begin
  at := Pos('"' + name + '":', reply) + Length(name) + 3;
  Result := 0;
  while reply[at] in ['0'..'9'] do
  begin
    Result := Result * 10 + Ord(reply[at]) - Ord('0');
    Inc(at);
  end;
end;

var
  told: Integer;

function Progress(user: Pointer; done: Int64; total: Int64): Integer; cdecl;
begin
  Inc(told);
  Result := 0;
end;

var
  engine: carnet_engine;
  error: carnet_error;
  changes: carnet_changes;
  access: carnet_access;
  decision: carnet_decision;
  call: carnet_call;
  charge: carnet_charge;
  charged: carnet_charged;
  hold: carnet_hold;
  placed: carnet_placed;
  page: carnet_string;
  path, options: UTF8String;
  client: Int64;
  times: Integer;
begin
  CarnetCheckLayout;
  Must(carnet_version_number = CARNET_BUILT_VERSION_NUMBER, 'version');
  Must(carnet_abi_version = CARNET_BUILT_ABI_VERSION, 'ABI version');
  path := UTF8String(ParamStr(1));
  options := '{"create":true}';
  Must(carnet_engine_open(PAnsiChar(path), CARNET_WHOLE, PAnsiChar(options), CARNET_WHOLE, @engine, @error) = CARNET_OK, 'open');
  Execute(engine, '{"op":"venue.add","args":{"name":"Club","time_zone":"Europe/Bucharest","currency":"EUR"}}');
  client := Id(Execute(engine, '{"op":"client.add","args":{"first_name":"Ann"}}'), 'client');
  Execute(engine, '{"op":"card.add","args":{"client":' + UTF8String(IntToStr(client)) + ',"uid":"04AB2F"}}');
  Execute(engine, '{"op":"account.top_up","args":{"client":' + UTF8String(IntToStr(client)) + ',"amount":{"amount":"50.00","currency":"EUR"},"method":"cash"}}');

  FillChar(access, SizeOf(access), 0);
  access.struct_size := SizeOf(access);
  Must(CarnetFill(access.card, '04AB2F'), 'the card fits');
  FillChar(decision, SizeOf(decision), 0);
  decision.struct_size := SizeOf(decision);
  Must(carnet_access_decide(engine, nil, @access, @decision, @error) = CARNET_OK, 'decide');
  Must(decision.outcome = CARNET_OUTCOME_REFUSED, 'refused');
  Must((decision.reason = CARNET_DENY_NO_PASS) and (decision.client = client), 'no pass');
  Must((decision.rule_count = 1) and (decision.rules[0].reason = CARNET_DENY_NO_PASS), 'the rule');
  Must(UTF8String(PAnsiChar(@decision.line1)) = 'No entry: no pass', 'the display');

  FillChar(call, SizeOf(call), 0);
  call.struct_size := SizeOf(call);
  Must(CarnetFill(call.key, 'bill-1'), 'the key fits');
  FillChar(charge, SizeOf(charge), 0);
  charge.struct_size := SizeOf(charge);
  charge.client := client;
  charge.amount.minor := 1234;
  Must(CarnetFill(charge.amount.currency, 'EUR'), 'the currency fits');
  Must(not CarnetFill(charge.tax, '12345678901234567'), 'and that does not');
  Must(CarnetFill(charge.tax, ''), 'nothing fits');
  FillChar(charged, SizeOf(charged), 0);
  charged.struct_size := SizeOf(charged);
  for times := 1 to 2 do
    Must(carnet_account_charge(engine, @call, @charge, @charged, @error) = CARNET_OK, 'charge');
  Must(charged.balance.minor = 5000 - 1234, 'the balance');
  charge.amount.minor := 5000;
  Must(carnet_account_charge(engine, nil, @charge, nil, @error) = CARNET_REASON_INSUFFICIENT, 'insufficient');
  Must(AnsiString(carnet_error_field(error)) = 'amount', 'the field');
  carnet_error_free(@error);
  Must(error = nil, 'freed');

  FillChar(hold, SizeOf(hold), 0);
  hold.struct_size := SizeOf(hold);
  hold.client := client;
  hold.part_count := 1;
  hold.minutes := 5;
  hold.parts[0].unit_ := CARNET_UNIT_MONEY;
  hold.parts[0].amount := 700;
  Must(CarnetFill(hold.parts[0].currency, 'EUR'), 'the currency fits');
  FillChar(placed, SizeOf(placed), 0);
  placed.struct_size := SizeOf(placed);
  Must(carnet_hold_place(engine, nil, @hold, @placed, @error) = CARNET_OK, 'hold');
  Must((placed.part_count = 1) and (placed.parts[0].amount = 700), 'held');

  options := path + '.copy';
  Must(carnet_backup(engine, PAnsiChar(options), CARNET_WHOLE, Progress, nil, @error) = CARNET_OK, 'backup');
  Must(told > 0, 'progress');
  Must(carnet_changes_open(engine, 0, 0, @changes, @error) = CARNET_OK, 'feed');
  FillChar(page, SizeOf(page), 0);
  Must(carnet_changes_next(changes, 0, @page, @error) = CARNET_OK, 'page');
  Must(Pos('client.add', AnsiString(page.ptr)) > 0, 'changes');
  carnet_string_free(@page);
  carnet_changes_free(@changes);
  Must((carnet_engine_close(@engine, @error) = CARNET_OK) and (engine = nil), 'close');
  WriteLn('Pascal: ', PAnsiChar(@decision.line1), ', rest ', charged.balance.minor, ' EUR minor units');
end.
