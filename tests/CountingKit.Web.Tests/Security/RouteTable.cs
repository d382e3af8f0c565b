using CountingKit.Messaging;

namespace CountingKit.Web.Tests.Security;

/// <summary>What each route asks for, typed by hand from the product's description.</summary>
internal static class RouteTable
{
    public static readonly Dictionary<Permission, string[]> All = new()
    {
        [Permission.View] =
        [
            "GET /", "GET /help", "GET /styleguide", "POST /styleguide",
            "GET /connections", "GET /connections/connect", "GET /connections/connected",
            "GET /connections/{connectionId:guid}",
            "GET /spreadsheets",
            "GET /exporters", "GET /exporters/{exporterId:guid}",
            "GET /runs", "GET /runs/{runId:guid}", "GET /runs/{runId:guid}/progress", "GET /runs/live",
            "GET /runs/{runId:guid}/rows", "GET /runs/{runId:guid}/compare", "POST /runs/{runId:guid}/download",
            "GET /connections/{connectionId:guid}/labels", "GET /api/v1/connections", "GET /api/v1/exporters", "GET /api/v1/runs", "GET /api/v1/runs/{runId:guid}",
            "GET /api/v1/spreadsheets", "GET /api/v1/datasets", "GET /api/v1/exporters/{exporterId:guid}",
            "GET /api/v1/exporters/{exporterId:guid}/schedules", "GET /api/v1/runs/{runId:guid}/file",
        ],
        [Permission.Connect] =
        [
            "POST /connections/connect",
            "GET /connections/xero/sign-ins/{signInId:guid}", "POST /connections/xero/sign-ins/{signInId:guid}",
            "GET /connections/{connectionId:guid}/disconnect", "POST /connections/{connectionId:guid}/disconnect",
            "GET /spreadsheets/connect", "POST /spreadsheets/google", "POST /spreadsheets/service-account",
            "GET /spreadsheets/connect/{accountId:guid}", "POST /spreadsheets/connect/{accountId:guid}/create",
            "POST /spreadsheets/connect/{accountId:guid}/link", "POST /spreadsheets/connect/{accountId:guid}/check",
            "POST /spreadsheets/accounts/{accountId:guid}/reconnect",
            "GET /spreadsheets/accounts/{accountId:guid}/key", "POST /spreadsheets/accounts/{accountId:guid}/key",
            "GET /spreadsheets/accounts/{accountId:guid}/disconnect",
            "POST /spreadsheets/accounts/{accountId:guid}/disconnect",
            "POST /spreadsheets/{spreadsheetKey:guid}/account",
            "GET /spreadsheets/{spreadsheetKey:guid}/remove", "POST /spreadsheets/{spreadsheetKey:guid}/remove",
        ],
        [Permission.Reconnect] =
        [
            "GET /connections/{connectionId:guid}/reconnect", "POST /connections/{connectionId:guid}/reconnect",
            "POST /connections/{connectionId:guid}/test",
        ],
        [Permission.ManageExporters] =
        [
            "POST /connections/{connectionId:guid}/pause", "POST /connections/{connectionId:guid}/resume",
            "POST /connections/{connectionId:guid}/labels", "POST /spreadsheets/{spreadsheetKey:guid}/test",
            "GET /exporters/new", "POST /exporters/new", "POST /exporters/new/form", "POST /exporters/preview",
            "GET /exporters/{exporterId:guid}/edit", "POST /exporters/{exporterId:guid}/edit",
            "POST /exporters/{exporterId:guid}/edit/form",
            "POST /exporters/{exporterId:guid}/pause", "POST /exporters/{exporterId:guid}/resume",
            "GET /exporters/{exporterId:guid}/delete", "POST /exporters/{exporterId:guid}/delete",
            "GET /exporters/{exporterId:guid}/schedules/new", "POST /exporters/{exporterId:guid}/schedules/new",
            "POST /exporters/{exporterId:guid}/schedules/new/form", "POST /exporters/{exporterId:guid}/schedules/preview",
            "GET /exporters/{exporterId:guid}/schedules/{scheduleId:guid}/edit",
            "POST /exporters/{exporterId:guid}/schedules/{scheduleId:guid}/edit",
            "POST /exporters/{exporterId:guid}/schedules/{scheduleId:guid}/edit/form",
            "POST /exporters/{exporterId:guid}/schedules/{scheduleId:guid}/pause",
            "POST /exporters/{exporterId:guid}/schedules/{scheduleId:guid}/resume",
            "POST /exporters/{exporterId:guid}/schedules/{scheduleId:guid}/remove",
            "POST /exporters/schedules/pause-all", "POST /exporters/schedules/resume-all",
            "POST /api/v1/exporters/{exporterId:guid}/pause", "POST /api/v1/exporters/{exporterId:guid}/resume",
            "POST /api/v1/exporters/{exporterId:guid}/schedules/{scheduleId:guid}/pause",
            "POST /api/v1/exporters/{exporterId:guid}/schedules/{scheduleId:guid}/resume",
        ],
        [Permission.Run] =
        [
            "POST /exporters/{exporterId:guid}/run", "POST /exporters/run", "POST /runs/{runId:guid}/cancel",
            "GET /runs/{runId:guid}/replay", "POST /runs/{runId:guid}/replay",
            "POST /api/v1/exporters/{exporterId:guid}/runs",
            "POST /api/v1/runs/{runId:guid}/replays", "POST /api/v1/runs/{runId:guid}/cancel",
        ],
        [Permission.ManageSettings] = ["GET /settings/read-models", "POST /settings/read-models/rebuild", "GET /settings/set-aside", "POST /settings/set-aside/older-log", "POST /settings/set-aside/try-again"],
        [Permission.Audit] = ["GET /audit", "GET /audit/csv", "GET /api/v1/audit"],
        [Permission.OwnAccount] = 
        [
            "POST /sign-out", "GET /account/password", "POST /account/password",
            "GET /account", "POST /account/sessions/end", "POST /account/sessions/{sessionId:guid}/end",
        ],
    };
}
