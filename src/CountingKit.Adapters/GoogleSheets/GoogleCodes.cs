using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>Every stable code that this folder can raise, for the registry and its help page.</summary>
public static class GoogleCodes
{
    public static readonly ErrorCode SignInExpired = GoogleSignInCodes.Expired;

    public static readonly ErrorCode ScopeMissing = new("CK-GOOGLE-AUTH-02", "A permission was not granted",
        "Connect the Google account again and leave every box on Google's page checked.");

    public static readonly ErrorCode AppRefused = new("CK-GOOGLE-AUTH-03", "Google does not know this installation",
        "An operator must check Google__ClientId and Google__ClientSecret and the registered redirect address.");

    public static readonly ErrorCode NoRefreshToken = new("CK-GOOGLE-AUTH-04", "Google gave no lasting sign-in",
        "Remove CountingKit under Third-party access in the Google account, then connect it again.");

    public static readonly ErrorCode CodeRefused = new("CK-GOOGLE-AUTH-05", "The answer from Google could not be used",
        "It was used twice or took too long. Start again from Connect.");

    public static readonly ErrorCode NotSetUp = new("CK-GOOGLE-AUTH-06", "Google is not set up",
        "An operator must set Google__ClientId and Google__ClientSecret, or use a service account.");

    public static readonly ErrorCode KeysMissing = new("CK-GOOGLE-AUTH-07", "The stored sign-in cannot be read",
        "Restore the keys folder (setting Keys__Path), or connect the Google account again.");

    public static readonly ErrorCode NotConnected = new("CK-GOOGLE-AUTH-08", "This Google account is not connected",
        "Connect it again, or choose another account for the spreadsheet.");

    public static readonly ErrorCode AccountGone = new("CK-GOOGLE-AUTH-09", "The Google account was deleted or suspended",
        "Ask who looks after the Google accounts to restore it and choose Reconnect, or connect another account and share "
        + "the spreadsheets with it as Editor.");

    public static readonly ErrorCode AskedAgain = new("CK-GOOGLE-AUTH-10",
        "The Google account's organization asks people to sign in again regularly",
        "Choose Reconnect. So that it does not end again, a Google Workspace admin must trust this app under Google Cloud "
        + "session control, or use a service account.");

    public static readonly ErrorCode KeyFile = new("CK-GOOGLE-KEY-01", "This is not a service account's key",
        "In Google Cloud make a new JSON key for the service account and use that file unchanged.");

    public static readonly ErrorCode KeyTokenUrl = new("CK-GOOGLE-KEY-02", "The key names another token address",
        "Only keys whose token_uri is Google's own (setting Google__TokenUrl) are accepted.");

    public static readonly ErrorCode KeyRefused = new("CK-GOOGLE-KEY-03", "Google refuses the service account's key",
        "The key was deleted or disabled in Google Cloud. Make a new JSON key for the service account and choose Reconnect.");

    public static readonly ErrorCode ClockWrong = new("CK-GOOGLE-KEY-04",
        "The clock of the machine that CountingKit runs on disagrees with Google's",
        "The sign-in itself is fine. Ask the engineer who installed CountingKit to set that clock (time synchronization), "
        + "then run it again.");

    public static readonly ErrorCode ServiceAccountGone = new("CK-GOOGLE-KEY-05",
        "Google no longer knows the service account",
        "It was deleted or disabled in Google Cloud. Enable or restore it there, or connect another service account and "
        + "share the spreadsheets with it as Editor.");

    public static readonly ErrorCode NoAccess = new("CK-GOOGLE-01", "The spreadsheet cannot be opened or changed",
        "Share it with the connected account as Editor, or choose it again: Google hides files that were not created "
        + "or chosen through CountingKit.");

    public static readonly ErrorCode Gone = new("CK-GOOGLE-02", "Google finds no such spreadsheet",
        "It was deleted, or is hidden from the connected account. Choose it again, or choose another.");

    public static readonly ErrorCode Busy = new("CK-GOOGLE-03", "Google's limit of requests is used up",
        "Nothing is lost: a run goes on by itself, anything else can be tried again in a minute. If it happens often, run fewer exporters at once.");

    public static readonly ErrorCode Unavailable = new("CK-GOOGLE-04", "Google does not answer",
        "Nothing was written to a sheet. Try again in a moment: what was begun is not done twice.");

    public static readonly ErrorCode OutcomeUnknown = new("CK-GOOGLE-05",
        "It is not known yet whether the write arrived",
        "The sheet holds the old or the new content, never a mixture. The run asks again.");

    public static readonly ErrorCode ApiDisabled = new("CK-GOOGLE-06", "The Google Sheets API is switched off",
        "An operator must enable it at https://console.cloud.google.com/apis/library/sheets.googleapis.com in the Google "
        + "Cloud project.");

    public static readonly ErrorCode CannotCreate = new("CK-GOOGLE-07", "This account cannot create spreadsheets",
        "A service account owns no storage: create the spreadsheet yourself and share it with the account as Editor.");

    public static readonly ErrorCode NotASpreadsheet = new("CK-GOOGLE-08", "This file is not a Google spreadsheet",
        "It may be an Excel file opened in Sheets. Use File, Save as Google Sheets, and choose the new file.");

    public static readonly ErrorCode Refused = new("CK-GOOGLE-09", "Google refused the request",
        "Nothing was written. If it happens again, report it with the run's id.");

    public static readonly ErrorCode DriveApiDisabled = new("CK-GOOGLE-10", "The Google Drive API is switched off",
        "Without it no spreadsheet can be created; those that are connected can be written to. An operator must enable it at "
        + "https://console.cloud.google.com/apis/library/drive.googleapis.com in the Google Cloud project.");

    public static readonly ErrorCode DriveFull = new("CK-GOOGLE-11", "The Google Drive of the connected account is full",
        "Nothing was created. Free some storage there, or connect another account.");

    public static readonly ErrorCode OwnersDriveFull = new("CK-GOOGLE-12",
        "The Google Drive of the spreadsheet's owner is full",
        "Nothing was written. The owner of the file must free some storage; who that is, Share in Google Sheets tells.");

    public static readonly ErrorCode AnswerTooLarge = new("CK-GOOGLE-20", "Google's answer was larger than any that we read",
        "Run it again later. If it keeps happening, tell whoever looks after this installation.");

    /// <summary>All of the above and those of writing, in the order of the help page.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        SignInExpired, ScopeMissing, AppRefused, NoRefreshToken, CodeRefused, NotSetUp, KeysMissing, NotConnected,
        AccountGone, AskedAgain, KeyFile, KeyTokenUrl, KeyRefused, ClockWrong, ServiceAccountGone, NoAccess, Gone, Busy,
        Unavailable, OutcomeUnknown, ApiDisabled, CannotCreate, NotASpreadsheet, Refused, DriveApiDisabled, DriveFull,
        OwnersDriveFull, AnswerTooLarge, .. SheetCodes.All,
    ];
}
