/** How workflows start: events in apps, forms, emails, feeds, webhooks, schedules in words and cron, by hand. */
export const startSentences = `
# events in apps
When a new row is added to Google Sheets, post it to Slack => trigger:google_sheets new row | action:slack post it
Whenever a deal is won in HubSpot, congratulate the team in Slack => trigger:hubspot | action:slack congratulate
As soon as a payment fails in Stripe, email the customer via Gmail => trigger:stripe | action:gmail
Each time an issue is opened on GitHub, create a card in Trello => trigger:github | action:trello
Any time someone mentions us on Twitter, save the tweet to Airtable => trigger:twitter | action:airtable
After a Calendly booking, create a Zoom meeting and email the invitee => trigger:calendly | action:zoom | action:email
Once a contract is signed in DocuSign, upload it to Google Drive => trigger:docusign | action:google_drive
The moment a ticket is marked urgent in Zendesk, open an incident in PagerDuty => trigger:zendesk | action:pagerduty
Post in Discord when a new video is uploaded to YouTube => trigger:youtube | action:discord
Create an Asana task whenever I star an email in Gmail => trigger:gmail | action:asana
Every time a customer leaves a review on Trustpilot, add it to a Notion database => trigger:trustpilot | action:notion
If a candidate applies in Greenhouse, tell the hiring team in Slack => trigger:greenhouse | action:slack
Upon receiving an order in WooCommerce, create a shipment in ShipStation => trigger:woocommerce | action:shipstation
For every new subscriber in Mailchimp, add a contact to Salesforce => trigger:mailchimp | action:salesforce
On each new commit in GitLab, run the build in Jenkins => trigger:gitlab | action:jenkins
Immediately after a call ends in Aircall, log it in Pipedrive => trigger:aircall | action:pipedrive
When the build fails in GitHub Actions message me on Telegram => trigger:github | action:telegram message me
A new lead in Pipedrive should create a task in Todoist => trigger:pipedrive | action:todoist
New Shopify order: add a row to Excel and tell the warehouse in Teams
  => trigger:shopify | action:microsoft_excel | action:microsoft_teams
Watch a Dropbox folder and copy each new file to OneDrive => trigger:dropbox | action:microsoft_onedrive

# forms
When a form is submitted, add the lead to HubSpot => trigger:forms | action:hubspot
When someone fills out our contact form, send them a welcome email => trigger:forms | action:email
When a Typeform response comes in, append it to a Google Sheet => trigger:typeform | action:google_sheets
When a survey is completed in SurveyMonkey, store the answers in Airtable => trigger:surveymonkey | action:airtable
After somebody submits the Jotform application, create a folder in Google Drive => trigger:jotform | action:google_drive

# webhooks
When a webhook is received, insert a record into Postgres => trigger:webhook | action:postgres
On an incoming webhook, publish a message to Kafka => trigger:webhook | action:kafka
When our webhook gets called, update the contact in ActiveCampaign => trigger:webhook | action:activecampaign

# email
When an email arrives, save its attachments to Dropbox => trigger:email | action:dropbox
When I receive an email with an invoice, forward it to accounting@example.com => trigger:email | action:email
When an email from my boss lands in Outlook, create a task in Microsoft To Do => trigger:microsoft_outlook | action:microsoft_todo
Whenever a new email comes in to Gmail, summarise it with OpenAI => trigger:gmail | action:openai
Save Gmail attachments to Google Drive => trigger:gmail | action:google_drive

# feeds
When a new item appears in the RSS feed, post it to LinkedIn => trigger:rss | action:linkedin
Whenever our blog's feed is updated, send a newsletter with Mailchimp => trigger:rss | action:mailchimp
RSS to Telegram => trigger:rss | action:telegram

# schedules in words
Every Monday at 9am, send a report to Slack => trigger:schedule every monday at 9am | action:slack
Every weekday at 17:30 post the open tickets from Zendesk to Teams
  => trigger:schedule every weekday at 17:30 | action:microsoft_teams
Each morning, summarise my unread emails with ChatGPT => trigger:schedule each morning | action:openai
On the 1st of every month, create an invoice in Xero => trigger:schedule on the 1st of every month | action:xero
Every 2 hours, sync contacts from HubSpot to Mailchimp => trigger:schedule every 2 hours | action:mailchimp
Twice a week, back up MySQL to Amazon S3 => trigger:schedule twice a week | action:aws_s3
At midnight delete old rows from Postgres => trigger:schedule at midnight | action:postgres
Back up the database to Google Drive every night => trigger:schedule every night | action:google_drive
Send a digest to #marketing every Friday afternoon => trigger:schedule every friday afternoon | action:slack digest
Post a tweet daily at noon => trigger:schedule daily at noon | action:twitter
Every quarter, export the ledger from QuickBooks to Google Sheets
  => trigger:schedule every quarter | action:google_sheets
Remind the team in Slack on Tuesdays and Thursdays at 10 => trigger:schedule on tuesdays and thursdays at 10 | action:slack
Once a day, check the weather in OpenWeatherMap and text me if it rains
  => trigger:schedule once a day | action:openweathermap | condition:* it rains | action:sms
Every last Friday of the month, email the payroll report => trigger:schedule every last friday of the month | action:email
Monthly, generate a PDF invoice and send it by email => trigger:schedule monthly | action:* | action:email

# cron
0 9 * * 1 post the weekly report to Slack => trigger:schedule 0 9 * * 1 | action:slack
On cron */15 * * * *, check the API with an HTTP request => trigger:schedule */15 * * * * | action:http
Run at "0 0 1 * *": create an invoice in Xero => trigger:schedule 0 0 1 * * | action:xero
Send a report to Slack on schedule 30 8 * * MON-FRI => trigger:schedule 30 8 * * mon-fri | action:slack report
Cron 0 */6 * * *: sync Airtable to MySQL => trigger:schedule 0 */6 * * * | action:mysql
With cron schedule 0 9 * * 1-5, email me the open Jira issues => trigger:schedule 0 9 * * 1-5 | action:email

# by hand
When I click a button, send a message to Slack => trigger:manual | action:slack
Start manually: export all contacts from HubSpot to a CSV in Dropbox => trigger:manual | action:dropbox
Manually run it to post an update to LinkedIn => trigger:manual | action:linkedin
On demand, create a Trello card => trigger:manual | action:trello
Add a row to Airtable => trigger:manual | action:airtable ?? what should start it
`;
