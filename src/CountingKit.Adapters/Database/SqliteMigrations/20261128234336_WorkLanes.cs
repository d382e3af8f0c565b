using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CountingKit.Adapters.Database.SqliteMigrations
{
    /// <inheritdoc />
    public partial class WorkLanes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "LastFailedAt",
                table: "Work",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LastFailure",
                table: "Work",
                type: "TEXT",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Subject",
                table: "Work",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "WaitsFor",
                table: "Work",
                type: "TEXT",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Wakes",
                table: "Work",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateIndex(
                name: "IX_Work_WaitsFor",
                table: "Work",
                column: "WaitsFor");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Work_WaitsFor",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "LastFailedAt",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "LastFailure",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "Subject",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "WaitsFor",
                table: "Work");

            migrationBuilder.DropColumn(
                name: "Wakes",
                table: "Work");
        }
    }
}
