using System.Net;
using CountingKit.Spreadsheets;

namespace CountingKit.Adapters.GoogleSheets;

/// <summary>What a refusal of the token address means for the person.</summary>
internal static class TokenFailure
{
    /// <param name="onRefusal">What <c>invalid_grant</c> means for this request.</param>
    public static SpreadsheetException Of(HttpStatusCode status, TokenAnswer answer, ErrorCode onRefusal) =>
        answer.Error switch
        {
            "invalid_client" or "unauthorized_client" or "redirect_uri_mismatch" =>
                Made(SpreadsheetProblem.Configuration, GoogleCodes.AppRefused),
            "invalid_grant" when onRefusal == GoogleCodes.KeyRefused =>
                Made(SpreadsheetProblem.Configuration, GoogleCodes.KeyRefused),
            "invalid_grant" => Made(SpreadsheetProblem.SignInExpired, onRefusal),
            _ when status == HttpStatusCode.TooManyRequests || (int)status >= 500 || (int)status < 300 =>
                Made(SpreadsheetProblem.Unavailable, GoogleCodes.Unavailable),
            _ => Made(SpreadsheetProblem.Configuration, GoogleCodes.Refused),
        };

    private static SpreadsheetException Made(SpreadsheetProblem problem, ErrorCode code) =>
        new(problem, code.Code, $"{code.Title}. {code.Advice}");
}
