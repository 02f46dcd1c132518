/** Conditions in every place, with what they guard; branches; several actions. */
export const conditionSentences = `
# if
When an order arrives in Shopify, if the total is greater than 500, notify sales in Slack
  => trigger:shopify | condition:* greater than 500 | action:slack
When an order arrives in Shopify, notify sales in Slack if the total is greater than 500
  => trigger:shopify | condition:* greater than 500 | action:slack
If the total is over 100, text me when a payment arrives in Stripe
  => trigger:stripe | condition:* over 100 | action:sms text me
When a form arrives in Typeform email Ann, if the budget is large => trigger:typeform | condition:* budget is large | action:email
When a lead is added to HubSpot email Tom, if the country is Germany
  => trigger:hubspot lead is added | condition:* country is germany | action:email tom
When an issue is created in Jira and it has the label bug, post to #bugs
  => trigger:jira | condition:* label bug | action:slack
When an email arrives in Gmail and the subject contains "invoice", save the attachment to Google Drive
  => trigger:gmail | condition:* contains "invoice" | action:google_drive
If the email contains the word refund, create a ticket in Zendesk when mail arrives in Outlook
  => trigger:microsoft_outlook | condition:* word refund | action:zendesk
When a deal closes in Pipedrive if the value is between 1000 and 5000 tell Ben in Teams
  => trigger:pipedrive | condition:* between 1000 and 5000 | action:microsoft_teams
When a contact is created in HubSpot, if the phone number is missing, create a task in Asana
  => trigger:hubspot | condition:* missing | action:asana
When a row is added to Airtable, if the email is empty then flag it in Slack
  => trigger:airtable | condition:* email is empty | action:slack
When a ticket is opened in Freshdesk, check if the customer is VIP and if so alert the team in Slack
  => trigger:freshdesk | condition:* customer is vip | action:slack
When a new file is added to Google Drive, if it is a PDF, send it to Gemini for a summary and email me the summary
  => trigger:google_drive | condition:* pdf | action:gemini | action:email

# only if, only when, as long as, provided
When an invoice is paid in Xero, email the client only if the amount exceeds 1000
  => trigger:xero | condition:* only if the amount exceeds 1000 | action:email
When a tweet mentions us on Twitter, post it to Slack, but only if it has more than 10 likes
  => trigger:twitter | condition:* more than 10 likes | action:slack
Every morning send the sales report to Slack, only when there are new orders
  => trigger:schedule | condition:* only when there are new orders | action:slack
When a build passes in Jenkins, deploy to Vercel as long as it is the main branch
  => trigger:jenkins | condition:* main branch | action:vercel
When a lead is created in Salesforce, add it to Mailchimp provided that they opted in
  => trigger:salesforce | condition:* opted in | action:mailchimp

# unless, except
When a message is posted in Slack, save it to Notion unless it is from a bot
  => trigger:slack | condition:* unless it is from a bot | action:notion
Unless the sender is internal, create a Zendesk ticket when an email arrives
  => trigger:email | condition:* unless the sender is internal | action:zendesk
Every day at 8 post the weather to Slack, except when it is a holiday
  => trigger:schedule | condition:* except when it is a holiday | action:slack
When a customer cancels in Chargebee, send a survey by email, unless they are on the free plan
  => trigger:chargebee | condition:* free plan | action:email

# otherwise
When a payment arrives in Stripe, if it is over 100 text me, otherwise email me
  => trigger:stripe | condition:* over 100 | action:sms | condition:? otherwise (opposite of: if it is over 100) | action:email
When a payment arrives in Stripe, if it is over 100 text me otherwise email me
  => trigger:stripe | condition:* over 100 | action:sms | condition:? otherwise | action:email email me
When a lead comes in from Typeform, if the company has more than 50 employees, add it to Salesforce, else add it to HubSpot
  => trigger:typeform | condition:* more than 50 employees | action:salesforce | condition:? (opposite of: | action:hubspot
When a form is submitted, if the email is valid, add it to Mailchimp. Otherwise, post it to Slack.
  => trigger:forms | condition:* valid | action:mailchimp | condition:? otherwise | action:slack
When a ticket arrives in Zendesk, check whether it is urgent. If yes, alert PagerDuty. If not, create a Trello card.
  => trigger:zendesk | condition:* urgent | action:pagerduty | condition:? not | action:trello
When a candidate is added to Greenhouse, if the score is above 8, schedule an interview in Google Calendar, if not, send a rejection with Gmail
  => trigger:greenhouse | condition:* above 8 | action:google_calendar | condition:? (opposite of: | action:gmail
When an order is placed in Shopify: if stock is less than 5, reorder by email; else do nothing
  => trigger:shopify | condition:* less than 5 | action:email
If the server is down text me, otherwise do nothing => trigger:* server is down | action:sms

# comparisons
When a row changes in Google Sheets and the value drops below 20, send a Telegram message
  => trigger:google_sheets | condition:* below 20 | action:telegram
When an order over $500 comes in on Shopify, notify #vip-orders => trigger:shopify | action:slack
When an expense greater than 250 is submitted in Expensify, ask the manager in Slack
  => trigger:expensify | action:slack
When a product in Shopify has less than 10 items left, create a task in Asana => trigger:shopify | action:asana
When a review is left on Trustpilot, if the rating is 3 or less, open a ticket in Intercom
  => trigger:trustpilot | condition:* 3 or less | action:intercom
When a message arrives in Telegram, if it starts with /help, reply with the list of commands
  => trigger:telegram | condition:* /help | action:telegram
When a file lands in Dropbox, if its name ends with .csv, import it into MySQL
  => trigger:dropbox | condition:* .csv | action:mysql
When a deal changes in HubSpot, if the stage equals "Closed Won" and the amount is at least 10,000, create an invoice in QuickBooks
  => trigger:hubspot | condition:* at least 10,000 | action:quickbooks

# two conditions, conditions further down
When a form is submitted, add the lead to HubSpot, and if the budget is over 10k, notify #sales
  => trigger:forms | action:hubspot | condition:* over 10k | action:slack
When an email arrives in Gmail, if it is from a client, label it, and if it is urgent, text me
  => trigger:gmail | condition:* from a client | action:gmail label it | condition:* urgent | action:sms
Every Monday, if there are overdue invoices in Xero, email the customer and post a list to Slack
  => trigger:schedule | condition:xero overdue | action:email | action:slack
When a task is completed in Asana, tell the owner in Slack. If it was late, also add a row to Google Sheets.
  => trigger:asana | action:slack | condition:* late | action:google_sheets
When a payment fails in Stripe, wait 3 days, and if it is still unpaid, cancel the subscription
  => trigger:stripe | action:delay | condition:* still unpaid | action:stripe cancel
When a PR is opened on GitHub, if nobody reviewed it after 2 days, ping the team in Slack
  => trigger:github | condition:* nobody reviewed it | action:slack

# several actions
When a new hire is added to BambooHR, create an account in Okta, invite them to Slack, and add a task in Asana
  => trigger:bamboohr | action:okta | action:slack | action:asana
When a video is published on YouTube, tweet the link, post it on LinkedIn and share it in Discord
  => trigger:youtube | action:twitter | action:linkedin | action:discord
When a booking is made in Calendly add it to Google Calendar create a Zoom meeting and email the guest
  => trigger:calendly | action:google_calendar | action:zoom | action:email
When a deal is won in Pipedrive create an invoice in Xero then send it via Gmail then post in Slack
  => trigger:pipedrive | action:xero | action:gmail | action:slack
When a file is uploaded to Google Drive, transcribe it with OpenAI, summarize the transcript with Claude, save it in Notion
  => trigger:google_drive | action:openai | action:anthropic | action:notion
Get the latest orders from Shopify every hour, filter the unpaid ones, and add them to Airtable
  => trigger:schedule every hour | action:shopify | action:* filter | action:airtable
When an incident starts in PagerDuty, create a Slack channel and invite the on-call engineer, then open a Jira ticket
  => trigger:pagerduty | action:slack | action:slack invite | action:jira
Send new Typeform responses to Slack, Discord and Teams
  => trigger:typeform | action:slack | action:discord | action:microsoft_teams
When a customer signs up in Stripe, wait one day and then send a welcome email with SendGrid
  => trigger:stripe | action:delay | action:sendgrid
`;
