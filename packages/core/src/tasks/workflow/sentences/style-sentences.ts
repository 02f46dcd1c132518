/** The ways in which people write: questions, titles, typos, lists, capitals, emoji, negations. */
export const styleSentences = `
# questions and requests
Can you send me a Slack message when a Stripe payment fails? => trigger:stripe | action:slack
Could you please add new Typeform responses to Airtable? => trigger:typeform | action:airtable
How do I post new Instagram photos to Pinterest? => trigger:instagram | action:pinterest
Is it possible to create a Jira ticket from a Zendesk ticket? => trigger:zendesk | action:jira
I want to get a text when someone books in Calendly => trigger:calendly | action:sms
I'd like new HubSpot contacts to be added to Mailchimp => trigger:hubspot | action:mailchimp
We need a workflow that saves Gmail attachments to Dropbox => trigger:gmail | action:dropbox
Build me an automation where a new Trello card creates a GitHub issue => trigger:trello | action:github
Please help me to log calls from Aircall in Salesforce => trigger:aircall | action:salesforce
Would it be possible to notify me on WhatsApp whenever a form is submitted? => trigger:forms | action:whatsapp
What if a customer replies in Intercom? Then tell me in Slack. => trigger:intercom | action:slack
Set up an automation that emails me every Friday with the open deals in HubSpot => trigger:schedule every friday | action:email

# X to Y
Stripe to QuickBooks => trigger:stripe | action:quickbooks
Typeform -> Google Sheets -> Slack => trigger:typeform | action:google_sheets | action:slack
Sync Salesforce contacts to Mailchimp => trigger:salesforce | action:mailchimp
New Calendly event to Notion => trigger:calendly | action:notion
Move Trello cards to Asana => trigger:trello | action:asana
Connect Shopify with Klaviyo => trigger:shopify | action:klaviyo
Gmail attachments into Google Drive => trigger:gmail | action:google_drive
Import Jotform submissions into MySQL => trigger:jotform | action:mysql
Forward Slack messages to Telegram => trigger:slack | action:telegram
Send Facebook Lead Ads leads to Pipedrive => trigger:facebook_lead_ads | action:pipedrive

# titles
WhatsApp chatbot => trigger:whatsapp ?? what should happen
Telegram bot with OpenAI => trigger:telegram | action:openai
AI assistant for Slack with Claude => trigger:slack | action:anthropic
Slack bot that answers questions with ChatGPT => trigger:slack | action:openai
Daily Hacker News digest by email => trigger:schedule daily | action:email
Weekly sales report in Slack => trigger:schedule weekly | action:slack
Invoice approval in Slack => trigger:slack ?? what should
New lead notification => trigger:? new lead ?? which
Automatic backup of Postgres to Google Drive => trigger:manual | action:google_drive ?? what should start it
Lead enrichment for HubSpot => trigger:hubspot ?? what should
Abandoned cart reminder for Shopify by email => trigger:shopify | action:email
Customer onboarding via Intercom => trigger:* | action:intercom

# typos and short names
when a row is added to gsheets, msg me on slck => trigger:google_sheets | action:slack
When a Stirpe payment fails, post to Slakc => trigger:stripe | action:slack
whenever a typform is submitted add to air table => trigger:typeform | action:airtable
new hubspt contact to mail chimp => trigger:hubspot | action:mailchimp
When a card moves in Trelo, update the Notoin page => trigger:trello | action:notion
add gcal event when a zoom mtg is booked => trigger:zoom | action:google_calendar
when i get a mail in outlok create a task in todoits => trigger:microsoft_outlook | action:todoist
Whn a payment arrives in PayPal, add a row to Gogle Sheets => trigger:paypal | action:google_sheets
When an issue is opened in git hub, post in MS Teams => trigger:github | action:microsoft_teams
sync sfdc leads to mailchmp => trigger:salesforce | action:mailchimp

# case
when a new order comes in on shopify send a message to the ops team on slack => trigger:shopify | action:slack
every monday at 9 post the sales numbers in slack => trigger:schedule every monday at 9 | action:slack
if a form is submitted and the budget is over 5000 then create a deal in pipedrive
  => trigger:forms | condition:* over 5000 | action:pipedrive
WHEN A NEW ORDER COMES IN ON SHOPIFY, SEND A MESSAGE TO SLACK => trigger:shopify | action:slack
EVERY FRIDAY AT 5PM EMAIL ME THE REPORT => trigger:schedule every friday at 5pm | action:email
IF THE AMOUNT IS OVER 100, TEXT ME WHEN A STRIPE PAYMENT ARRIVES
  => trigger:stripe | condition:* over 100 | action:sms

# lists, lines, bullets, emoji
1. When a deal is won in HubSpot⏎2. Create an invoice in Xero⏎3. Post to #wins in Slack
  => trigger:hubspot | action:xero | action:slack
- New Typeform response⏎- Add to Airtable⏎- Notify Slack => trigger:typeform | action:airtable | action:slack
* trigger: new row in Google Sheets⏎* action: create a Trello card => trigger:google_sheets | action:trello
Trigger: new Stripe payment⏎Condition: amount over 100⏎Action: post to Slack
  => trigger:stripe | condition:* amount over 100 | action:slack
Step 1: when a file is added to Dropbox. Step 2: copy it to Google Drive. => trigger:dropbox | action:google_drive
First get the weather from OpenWeatherMap every morning. Then text it to me. => trigger:schedule every morning | action:openweathermap | action:sms
🚀 When a new user signs up in Firebase 🎉 send a welcome email ✉️ => trigger:firebase | action:email
New lead 👉 HubSpot 👉 Slack => trigger:* lead | action:hubspot | action:slack
When a Stripe payment succeeds → QuickBooks invoice → Gmail receipt
  => trigger:stripe | action:quickbooks | action:gmail
a) when an email arrives in Gmail⏎b) save the attachment to OneDrive => trigger:gmail | action:microsoft_onedrive
Whenever a customer writes to us in Intercom: summarise it with Claude; post the summary to Slack
  => trigger:intercom | action:anthropic | action:slack
Our support inbox is Gmail. When a customer emails us, create a ticket in Zendesk and reply with a thank-you note.
  => trigger:gmail | action:zendesk | action:gmail
We use Pipedrive. When a deal is won, post to Slack. => trigger:pipedrive | action:slack
When a form is submitted (on our website), add it to HubSpot (as a lead) => trigger:forms | action:hubspot

# spelling on both sides of the Atlantic
Every day, categorise new expenses from Xero with OpenAI => trigger:schedule | action:openai
Every day, categorize new expenses from Xero with OpenAI => trigger:schedule | action:openai
When a ticket is cancelled in Zendesk, notify the organisation's owner in Slack => trigger:zendesk | action:slack
When a ticket is canceled in Zendesk, notify the organization's owner in Slack => trigger:zendesk | action:slack
When a favourite is added on Spotify, save the song to Notion => trigger:spotify | action:notion

# negations
Every day at 9 post the report to Slack, but don't post it at weekends
  => trigger:schedule | condition:* weekends | action:slack
When an order arrives in Shopify, email the customer, but do not email wholesale customers
  => trigger:shopify | condition:* wholesale | action:email email the customer
Don't email me, just post to Slack when a Jira ticket is created => trigger:jira | action:slack
When a message does not contain a link, delete it from Discord => trigger:* | action:discord
Never text me at night; when a server is down in UptimeRobot, post to Slack => trigger:uptimerobot | action:slack
When a lead has no phone number in HubSpot, create a task in Asana => trigger:hubspot | action:asana
`;
