namespace CountingKit.Connections;

/// <summary>What can go wrong between us and Xero, by stable code.</summary>
public static class XeroCodes
{
    public static readonly ErrorCode NoSignIn = new(
        "CK-XERO-AUTH-01", "No Xero sign-in is stored for this organization",
        "Reconnect the organization.");

    public static readonly ErrorCode SignInExpired = new(
        "CK-XERO-AUTH-02", "Xero no longer accepts our sign-in",
        "Ask someone with Standard or Adviser access in Xero to reconnect the organization.");

    public static readonly ErrorCode AppRefused = new(
        "CK-XERO-AUTH-03", "Xero does not accept this installation's Xero app",
        "Ask the engineer who installed CountingKit to check the settings Xero__ClientId and Xero__ClientSecret. "
        + "Sign-ins are kept.");

    public static readonly ErrorCode KeysMissing = new(
        "CK-XERO-AUTH-04", "The keys that open the stored Xero sign-in are missing",
        "Ask the engineer who installed CountingKit to restore the keys folder (setting Keys__Path), or reconnect.");

    public static readonly ErrorCode NotConfigured = new(
        "CK-XERO-AUTH-05", "No Xero app is set up yet",
        "Ask the engineer who installed CountingKit to register a Xero app and to set Xero__ClientId and "
        + "Xero__ClientSecret.");

    public static readonly ErrorCode MayWrite = new(
        "CK-XERO-AUTH-06", "Xero gave our sign-in permission to change data, which we refuse to use",
        "In Xero, under Settings, Connected apps, disconnect this app from the organization; then choose Reconnect here. "
        + "Until then nothing is read, and your sheets stay as they are.");

    public static readonly ErrorCode NoAccess = new(
        "CK-XERO-ACCESS-01", "Our sign-in no longer reaches this organization in Xero",
        "The organization was disconnected in Xero, was closed, or the person who signed in left it. Reconnect it.");

    public static readonly ErrorCode PermissionMissing = new(
        "CK-XERO-ACCESS-02", "Xero does not permit us to read this data",
        "Reconnect with all permissions allowed; the person who signs in needs Standard or Adviser access in Xero.");

    public static readonly ErrorCode DayLimit = new(
        "CK-XERO-LIMIT-01", "Xero's daily limit of calls for this organization is used up",
        "Nothing to do: the run resumes when Xero allows calls again. Fewer runs use fewer calls.");

    public static readonly ErrorCode MinuteLimit = new(
        "CK-XERO-LIMIT-02", "Xero is limiting our calls at the moment",
        "The run resumes by itself in a few minutes. Another program may be using the same Xero app.");

    public static readonly ErrorCode Down = new(
        "CK-XERO-DOWN-01", "Xero can't be reached or is not working at the moment",
        "Try again later; status.xero.com tells whether Xero knows of a fault.");

    public static readonly ErrorCode NotUnderstood = new(
        "CK-XERO-DOWN-02", "Xero answered something that we do not understand",
        "Try again later. If it keeps happening, tell whoever looks after this installation.");

    public static readonly ErrorCode Refused = new(
        "CK-XERO-DOWN-03", "Xero refused our request as malformed",
        "This is a fault of CountingKit: report it with this code.");

    public static readonly ErrorCode TooManyRecords = new(
        "CK-XERO-DOWN-04", "The organization holds more records than Xero gives out, even day by day",
        "Your sheet is as it was before. Report it with this code: the organization is too large for this reading.");

    public static readonly ErrorCode TooLarge = new(
        "CK-XERO-DOWN-05", "Xero's answer was larger than any that we read",
        "Your sheet is as it was before. Try again later; if it keeps happening, tell whoever looks after this installation.");

    public static readonly ErrorCode UnknownState = new(
        "CK-XERO-SIGNIN-01", "This answer from Xero belongs to no sign-in that we started",
        "Start again with Connect Xero Account.");

    public static readonly ErrorCode NoCookie = new(
        "CK-XERO-SIGNIN-02", "This browser did not send our cookie back",
        "Allow cookies for this site and start again with Connect Xero Account.");

    public static readonly ErrorCode OtherBrowser = new(
        "CK-XERO-SIGNIN-03", "A different browser or member came back from Xero than the one that left",
        "Finish the sign-in in the browser in which you started it, or start again in this one.");

    public static readonly ErrorCode AnsweredTwice = new(
        "CK-XERO-SIGNIN-04", "This sign-in was already answered",
        "Look at Connections to see what came of it, or start again.");

    public static readonly ErrorCode TooLate = new(
        "CK-XERO-SIGNIN-05", "The sign-in at Xero took longer than 10 minutes",
        "Start again with Connect Xero Account.");

    public static readonly ErrorCode Denied = new(
        "CK-XERO-SIGNIN-06", "Access was not allowed on Xero's page",
        "Start again and choose Allow access when you are ready.");

    public static readonly ErrorCode XeroRefused = new(
        "CK-XERO-SIGNIN-07", "Xero ended the sign-in with an error",
        "The Xero app may lack a permission that we ask for, or has reached its limit of connections.");

    public static readonly ErrorCode CodeRefused = new(
        "CK-XERO-SIGNIN-08", "Xero no longer accepts this sign-in's answer",
        "It is only good for a few minutes and once. Start again with Connect Xero Account.");

    public static readonly ErrorCode XeroDown = new(
        "CK-XERO-SIGNIN-09", "Xero did not finish the sign-in",
        "Xero is not answering at the moment. Start again later.");

    public static readonly ErrorCode WriteScope = new(
        "CK-XERO-SIGNIN-10", "Xero granted permission to change data, which we refuse to hold",
        "Disconnect this app in Xero (Settings, Connected apps), then connect again.");

    public static readonly ErrorCode NoOfflineAccess = new(
        "CK-XERO-SIGNIN-11", "Xero did not let us stay signed in",
        "offline_access was not granted. Ask the engineer who installed CountingKit to check Xero__Scopes.");

    public static readonly ErrorCode NoOrganization = new(
        "CK-XERO-SIGNIN-12", "No organization was granted",
        "Choose an organization on Xero's page. One that is missing there is already connected, or your Xero login "
        + "lacks Standard or Adviser access to it.");

    public static readonly ErrorCode NotCovered = new(
        "CK-XERO-SIGNIN-13", "This sign-in does not cover that organization",
        "Start again with Connect Xero Account.");

    public static readonly ErrorCode NotForUs = new(
        "CK-XERO-SIGNIN-14", "What Xero answered was not made for this installation",
        "Nothing was connected. Ask the engineer who installed CountingKit to check the settings Xero__ClientId and "
        + "Xero__IdentityUrl, then start again.");

    public static readonly ErrorCode ClockWrong = new(
        "CK-XERO-SIGNIN-15", "The clock of the machine that CountingKit runs on disagrees with Xero's",
        "Nothing was connected. Ask the engineer who installed CountingKit to set that clock (time synchronization), "
        + "then start again.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        NoSignIn, SignInExpired, AppRefused, KeysMissing, NotConfigured, MayWrite, NoAccess, PermissionMissing, DayLimit,
        MinuteLimit, Down, NotUnderstood, Refused, TooManyRecords, TooLarge, UnknownState, NoCookie, OtherBrowser,
        AnsweredTwice, TooLate, Denied, XeroRefused, CodeRefused, XeroDown, WriteScope, NoOfflineAccess, NoOrganization,
        NotCovered, NotForUs, ClockWrong,
    ];
}
