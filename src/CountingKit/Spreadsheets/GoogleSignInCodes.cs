namespace CountingKit.Spreadsheets;

/// <summary>What can go wrong on the way to Google and back, by stable code.</summary>
public static class GoogleSignInCodes
{
    public static readonly ErrorCode UnknownState = new(
        "CK-GOOGLE-SIGNIN-01", "This answer from Google belongs to no sign-in that we started",
        "Start again with Connect Google account.");

    public static readonly ErrorCode NoCookie = new(
        "CK-GOOGLE-SIGNIN-02", "This browser did not send our cookie back",
        "Allow cookies for this site, stay signed in here, and start again with Connect Google account.");

    public static readonly ErrorCode OtherBrowser = new(
        "CK-GOOGLE-SIGNIN-03", "A different browser or member came back from Google than the one that left",
        "Finish the sign-in in the browser in which you started it, or start again in this one.");

    public static readonly ErrorCode AnsweredTwice = new(
        "CK-GOOGLE-SIGNIN-04", "This sign-in was already answered",
        "Look at Spreadsheets to see what came of it, or start again.");

    public static readonly ErrorCode TooLate = new(
        "CK-GOOGLE-SIGNIN-05", "The sign-in at Google took longer than 10 minutes",
        "Start again with Connect Google account.");

    public static readonly ErrorCode Denied = new(
        "CK-GOOGLE-SIGNIN-06", "Access was not allowed on Google's page",
        "Start again and choose Allow when you are ready.");

    public static readonly ErrorCode GoogleRefused = new(
        "CK-GOOGLE-SIGNIN-07", "Google ended the sign-in with an error",
        "Ask the engineer who installed CountingKit to check the consent screen of the Google app.");

    public static readonly ErrorCode OtherAccount = new(
        "CK-GOOGLE-SIGNIN-08", "That was a different Google account from the one to reconnect",
        "Nothing was changed. Start Reconnect again and choose the same account. To connect another one, choose Connect.");

    public static readonly ErrorCode NoIdentity = new(
        "CK-GOOGLE-SIGNIN-09", "Google did not say whose account it is",
        "Start again and leave every box on Google's page checked.");

    public static readonly ErrorCode Ended = new(
        "CK-GOOGLE-SIGNIN-10", "This Google account was disconnected in the meantime",
        "Connect it again as a new one.");

    public static readonly ErrorCode Testing = new(
        "CK-GOOGLE-SIGNIN-11", "Google lets this sign-in last for a few days only",
        "The Google app is in Testing, or time-limited access was chosen on Google's page. Ask the engineer who installed "
        + "CountingKit to publish the app (Google Cloud, Google Auth Platform, Audience, Publish app); then choose Reconnect.");

    public static readonly ErrorCode NotForUs = new(
        "CK-GOOGLE-SIGNIN-12", "What Google answered was not made for this installation",
        "Nothing was connected. Ask the engineer who installed CountingKit to check Google__ClientId and "
        + "Google__AuthorizeUrl, then start again.");

    /// <summary>In the help page's order it is the first of Google's adapter.</summary>
    public static readonly ErrorCode Expired = new(
        "CK-GOOGLE-AUTH-01", "Google no longer accepts our sign-in",
        "Connect the Google account again. If this happens every 7 days, publish the Google app: it is in Testing.");

    /// <summary>All of them, in the help page's order.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        UnknownState, NoCookie, OtherBrowser, AnsweredTwice, TooLate, Denied, GoogleRefused, OtherAccount, NoIdentity, Ended,
        Testing, NotForUs,
    ];
}
