using CountingKit.Sandbox.Hosting;

namespace CountingKit.Sandbox.Google.State;

/// <summary>Everything that the stand-in knows. One request at a time reads or changes it.</summary>
internal sealed class GoogleState
{
    private const string SettingsKey = "settings";
    private readonly Lock gate = new();
    private readonly PendingWrites pending = new();
    private readonly SandboxFile file;
    private readonly Shelf<GoogleSettings> settings;
    private readonly GoogleSettings usual;

    public GoogleState(string folder, bool limits)
    {
        file = new SandboxFile(Path.Combine(folder, "google.db"), """
            CREATE TABLE IF NOT EXISTS documents (kind TEXT, key TEXT, json TEXT NOT NULL, PRIMARY KEY (kind, key));
            CREATE TABLE IF NOT EXISTS workbooks (id TEXT PRIMARY KEY, json TEXT NOT NULL);
            CREATE TABLE IF NOT EXISTS blocks (
                workbook TEXT, sheet INTEGER, block INTEGER, data BLOB NOT NULL, PRIMARY KEY (workbook, sheet, block));
            """);
        usual = new GoogleSettings(false, [], null, new QuotaSettings(limits));
        People = new("person", pending);
        Grants = new("grant", pending);
        Codes = new("code", pending);
        AccessTokens = new("access", pending);
        RefreshTokens = new("refresh", pending);
        ServiceAccounts = new("service-account", pending);
        Files = new("file", pending);
        settings = new("settings", pending);
        Workbooks = new WorkbookStore(file, pending);
        Load();
    }

    public Shelf<Person> People { get; }
    public Shelf<Grant> Grants { get; }
    public Shelf<PendingCode> Codes { get; }
    public Shelf<SignIn> AccessTokens { get; }
    public Shelf<SignIn> RefreshTokens { get; }
    public Shelf<ServiceAccount> ServiceAccounts { get; }
    public Shelf<DriveFile> Files { get; }
    public WorkbookStore Workbooks { get; }

    public GoogleSettings Settings
    {
        get => settings.Find(SettingsKey) ?? usual;
        set => settings.Put(SettingsKey, value);
    }

    /// <summary>Runs one request's work alone; what it changed is on disk when this returns, and undone when it throws.</summary>
    public T Do<T>(Func<T> work)
    {
        lock (gate)
        {
            try
            {
                var answer = work();
                pending.Commit(file);
                return answer;
            }
            catch
            {
                pending.TakeBack();
                throw;
            }
        }
    }

    private void Load()
    {
        var loaders = new Dictionary<string, Action<string, string>>
        {
            [People.Kind] = People.Load,
            [Grants.Kind] = Grants.Load,
            [Codes.Kind] = Codes.Load,
            [AccessTokens.Kind] = AccessTokens.Load,
            [RefreshTokens.Kind] = RefreshTokens.Load,
            [ServiceAccounts.Kind] = ServiceAccounts.Load,
            [Files.Kind] = Files.Load,
            [settings.Kind] = settings.Load,
        };
        using var session = file.Open();
        foreach (var (kind, key, json) in session.Query(
            "SELECT kind, key, json FROM documents ORDER BY rowid", row =>
                (row.GetString(0), row.GetString(1), row.GetString(2))))
            loaders[kind](key, json);
        if (People.All.Any()) return;
        Do(() =>
        {
            foreach (var person in FirstPeople) People.Put(person.Email, person);
            return true;
        });
    }

    private static readonly Person[] FirstPeople =
    [
        new("dana.reyes@example.com", "Dana Reyes", "108234567890123456701"),
        new("sam.okafor@example.com", "Sam Okafor", "108234567890123456702"),
        new("priya.nair@example.com", "Priya Nair", "108234567890123456703"),
    ];
}
