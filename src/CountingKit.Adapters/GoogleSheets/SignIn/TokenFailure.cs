using System.Net;
using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>What a refusal of the token address means for the person.</summary>
internal static class TokenFailure
{
    /// <param name="onRefusal">What <c>invalid_grant</c> means for this request where Google says no more.</param>
    public static SpreadsheetException Of(HttpStatusCode status, TokenAnswer answer, ErrorCode onRefusal) =>
        answer.Error switch
        {
            "invalid_client" or "unauthorized_client" or "redirect_uri_mismatch" or "deleted_client" or "disabled_client" =>
                Made(SpreadsheetProblem.Configuration, GoogleCodes.AppRefused),
            "invalid_grant" => OfGrant(answer, onRefusal),
            _ when status == HttpStatusCode.TooManyRequests || (int)status >= 500 || (int)status < 300 =>
                Made(SpreadsheetProblem.Unavailable, GoogleCodes.Unavailable),
            _ => Made(SpreadsheetProblem.Configuration, GoogleCodes.Refused),
        };

    /// <summary>One error for a clock, a key and an account: only Google's sentence tells them apart.</summary>
    private static SpreadsheetException OfGrant(TokenAnswer answer, ErrorCode onRefusal)
    {
        var isKey = onRefusal == GoogleCodes.KeyRefused;
        if (isKey && Says("timeframe", "short-lived", " iat ", " exp "))
            return Made(SpreadsheetProblem.Configuration, GoogleCodes.ClockWrong);
        if (isKey && Says("account not found", "account has been", "account is disabled", "not a valid email"))
            return Made(SpreadsheetProblem.SignInExpired, GoogleCodes.ServiceAccountGone);
        if (!isKey && Says("account has been", "account is disabled", "account not found", "suspended"))
            return Made(SpreadsheetProblem.SignInExpired, GoogleCodes.AccountGone);
        if (answer.Subtype is "invalid_rapt" or "rapt_required")
            return Made(SpreadsheetProblem.SignInExpired, GoogleCodes.AskedAgain);
        return Made(SpreadsheetProblem.SignInExpired, onRefusal);

        bool Says(params ReadOnlySpan<string> parts)
        {
            foreach (var part in parts)
                if (answer.Description.Contains(part, StringComparison.OrdinalIgnoreCase)) return true;
            return false;
        }
    }

    public static SpreadsheetException Made(SpreadsheetProblem problem, ErrorCode code) =>
        new(problem, code.Code, $"{code.Title}. {code.Advice}");
}
