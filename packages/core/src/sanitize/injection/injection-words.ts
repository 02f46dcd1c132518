import { harmlessRows } from "./harmless-rows.js";
import { overrideWords } from "./override-words.js";

/**
 * What words mean where somebody gives a model orders. A star ends the beginning of a word, an underscore joins words.
 * Accents and capitals do not matter. A row of words that is `harmless` takes its words away from the other groups.
 */
export const injectionWords = {
  ...overrideWords,
  say: `say output print write respond reply answer tell give return translate repeat generate provide`,
  fromNow: `
    from_now_on from_on_now from_now_known from_this_moment starting_now for_the_rest_of_this_conversation
    throughout_our_entire_conversation new_instruction new_instructions new_rules begin_reprogramming
    your_new_role ab_jetzt von_nun_an desormais a_partir_de_maintenant a_partir_de_ahora de_ahora_en_adelante
    a_partir_de_agora d_ora_in_poi da_ora_in_poi vanaf_nu od_teraz отныне с_этого_момента 从现在开始 从现在起 これから 지금부터*
  `,
  persona: `
    act_as act_like acting_as pretend pretending roleplay role_play role_playing play_the_role play_the_part
    simulate simulating immerse impersonate respond_as answer_as you_are_now you_are_going_to you_will_now
    pose_as behave_like in_the_role_of you_re_in_the_role take_on_the_role you_are_a you_are_an new_persona
    replaced_by you_are_replaced you_are_the speak_as persona alter_ego stay_in_character du_bist_jetzt
    du_bist_nun bist_du_jetzt tu_es_desormais tu_es_maintenant ahora_eres ora_sei adesso_sei agora_voce_e
    voce_agora_e je_bent_nu jestes_teraz teraz_jestes теперь_ты ты_теперь ти_тепер тепер_ти artik أنت_الآن अब_आप
    अब_तुम du_ar_nu du_er_nu du_er_na nyt_olet sekarang_kamu kamu_sekarang 你现在是 你現在是 あなたは今 너는_이제 이제_너는 당신은_이제
    you_re_no_longer you_are_no_longer
  `,
  machine: `
    ai chatbot bot chatgpt gpt gpt4 llm language_model ai_model assistant neural_network ki_modell
    artificial_intelligence chat_gpt ии yapay_zeka ذكاء_اصطناعي एआई 人工智能 人工智慧 인공지능 inteligencia_artificial
    intelligenza_artificiale intelligence_artificielle freegpt version_of_yourself kunstliche_intelligenz
    sztuczna_inteligencja tekoaly une_ia una_ia uma_ia un_ia eine_ki die_ki als_ki ші
  `,
  unbound: `
    free_of free_from freed_from broken_free break_free without no not_bound not_restricted not_limited
    isn_t_bound not_have_to doesn_t_have_to don_t_have_to doesnt_have_to bypass bypassing doesn_t_care
    doesnt_care not_care disregards ignores ignore_all no_longer not_follow doesn_t_follow doesn_t_have
    any_rules unconstrained_by not_adhere not_abide opposite_of regardless_of without_any free unbound removed
    broken_the not_have does_not_follow does_not_have has_no have_no ohne keine keinerlei frei_von sans aucune
    sin ninguna sem nenhuma senza nessuna zonder geen bez zadnych без никаких utan inga uden ingen olmayan
    hicbir بلا بدون बिना tanpa khong_co 没有 沒有 不受 のない なし 없는 없이 disable disabled suspended skip lifted don_t_exist
    do_not_exist doesn_t_exist don_t_apply do_not_apply freed unchained had_no
  `,
  limits: `
    restrictions restriction restrictive rules filters filter guidelines ethics ethical moral morals morality
    limitations limits policies policy laws law legal legality censorship boundaries constraints confines
    safeguards content_policy principles guardrails safety safety_checks safety_training confines_of
    safety_rules einschrankung* beschrankung* restricciones filtros restricoes restrizioni filtri beperkingen
    ograniczen ogranicz* ограничен* обмежен* begransning* restriktion* kural* kisitlama* قيود प्रतिबंध* batasan
    限制 制限 제한* 제약*
  `,
  wicked: `
    amoral immoral unethical unfiltered uncensored unhinged unrestricted nonmoral non_moral evil illegal
    offensive toxic vulgar explicit ruthless deviant unauthorized hateful rude lustful nsfw profanity swear
    swears curse controversial harmful criminal
  `,
  jailbreak: `
    do_anything_now jailbreak jailbroken jail_broken antigpt dan_mode stan_mode betterdan god_mode
    developer_mode_output developer_mode_enabled simulate_developer_mode evil_mode unrestricted_mode chaosgpt
    sydney_mode jailbreak_mode strive_to_avoid_norms always_intelligent_and_machiavellian no_restrictions_mode
  `,
  refuse: `
    refuse refuses decline declines deny apologize apologise sorry say_no break_character out_of_character
    disclaimer disclaimers warn warnings moralize i_can_t i_cannot ethical_concerns as_an_ai question
  `,
  never: `
    never cannot can_t cant must_not not_allowed do_not don_t dont won_t will_not not without unable no
  `,
  obey: `
    must_obey obey_all obey_every obey_my obey_me must_comply exactly_as_i_say answer_all_of_my_questions
    do_everything_i_say follow_every_command abide_by_the_order obey_the_order you_must_answer have_to_answer
    orders_being_allowed forced_to always_obey do_as_i_say do_what_i_say do_only_what_i_say just_do_what_i_say
    listen_only_to_me comply_with_each comply_with_every take_orders_from_me
  `,
  reveal: `
    repeat print reveal recite output dump leak display expose disclose verbatim spell_out spellcheck echo show
    tell_me copy what_are what_were what_is what_s return describe summarize translate summarise give_me
    ausgeben wiederhole zeige revele affiche muestra repite mostra ripeti 输出 重复 显示 表示 出力 출력* list quote paste
    write_out encode render show_us mostrame muestrame mostrami mostre toon pokaz покажи показать visa goster
    اعرض أظهر दिखाओ दिखाएं दिखाइए बताओ tampilkan hien_thi 보여* 알려* nayta δειξε afficher enthulle zeig wie_lauten
    wie_lautet cuales_son quelles_sont quali_sono quais_sao какие какой giv
  `,
  revealAll: `
    print reveal recite output dump leak display expose disclose verbatim repeat word_for_word summarize
    translate list encode summarise write_out share quote
  `,
  hiddenPrompt: `
    system_prompt system_instructions system_message initial_prompt initial_instructions your_prompt
    your_initial your_system above_instructions instructions_above previous_instructions text_above full_prompt
    prompt_above hidden_prompt those_instructions your_embeddings system_configuration initial_configuration
    my_instructions_are all_of_the_text_above words_above everything_above original_instructions
    secret_instructions preprompt your_programming original_prompt 系统提示 系統提示 システムプロンプト 시스템_프롬프트 systemprompt
    prompt_systeme prompt_del_sistema prompt_de_sistema prompt_di_sistema prompt_sistema systeemprompt
    prompt_systemowy системный_промпт системные_инструкции системний_промпт sistem_istemi sistem_istemini
    sistem_promptu تعليمات_النظام सिस्टम_प्रॉम्प्ट prompt_sistem* sistemprompt* järjestelmäkeho* 系统指令 初始指令 初始提示
    geheimen_anweisungen instructions_secretes instrucciones_ocultas instrucciones_secretas istruzioni_segrete
    instrucoes_secretas секретные_инструкции hidden_instructions hidden_rules confidential_instructions
    secret_guidelines secret_rules your_context_window your_preamble ur_prompt my_own_instructions
    instructions_you_were_given instructions_you_got rules_you_were_given you_were_configured_with
    developers_gave_you your_own_instructions text_before_this
  `,
  yourInstructions: `your_instructions your_guidelines your_directives your_rules your_configuration your_constraints`,
  startWith: `
    start_your_answer_with begin_your_response_with begin_your_answer_with start_your_response_with
    begin_with_the start_with_the_words say_only only_say just_say just_write only_respond_with
    respond_only_with confirm_by_saying begin_your_reply_with start_your_reply_with prefix_your prefix_all
    don_t_write_anything_else and_nothing_else reply_only_with reply_with_only say_nothing_but
  `,
  authority: `
    i_am_your_developer i_m_your_developer i_am_your_creator i_m_your_creator as_your_creator as_your_developer
    i_am_god administrator_override admin_override system_override override_mode system_reset
    i_am_a_programmer_at i_am_your_administrator i_m_your_administrator as_your_administrator i_am_your_admin
    us_programmers your_creators i_m_actually_a i_am_actually_a i_m_the_president i_am_the_president
    root_access_granted sudo_mode i_m_from_the_bank law_enforcement_override reprogramming i_m_your_boss
    i_am_your_boss i_work_for_your_developer we_are_your_developers
    emergency_override i_have_root override_protocol your_developers_have
  `,
  secret: `
    password passwords secret_key api_key api_keys passcode passphrase credentials secret_code access_code
    pin_code passwort kennwort mot_de_passe contrasena senha parola_d_ordine wachtwoord haslo пароль 密码 パスワード
    비밀번호* كلمة_المرور पासवर्ड kata_sandi mat_khau secret private_key
  `,
  owned: `your yours our the_system the_admin deine dein das ton votre tu su tua sua jouw twoje твой ваш 你的 あなたの 너의*`,
  ask: `
    what_is what_s what_would what_was tell_me tell give_me give share reveal confirm provide disclose show_me
    was_ist wie_lautet quel_est cual_es qual_e
  `,
  secretTopic: `
    policy policies reset requirements requirement change field manager managers rules page settings length
    strength protection protected expired expire expires forgot rotate rotation manage management strong secure
    hashing generator reset_link minimum rotate_your documentation docs guide limit limits used_for format
    scopes
  `,
  aboutPerson: `
    the_user the_users user_s users jane_doe john_doe customer_s
  `,
  personal: `
    birth_date date_of_birth bank_balance birth_year home_address currently_live live_now living_now user_living
    city_of_residence email_address phone_number social_security initials mother_s_maiden credit_card_number
    bank_account user_live user_currently_live personal_data
  `,
  fiction: `
    imagine imagine_we_re imagine_you_re imagine_that hypothetical hypothetically hypothetical_scenario
    let_s_play lets_play play_a_game dystopian in_this_world in_a_world in_this_scenario in_a_future_world
    parallel_universe thought_experiment screenplay fictional_world story_in_which suppose_you_were
    research_purposes educational_purposes testing_purposes let_s_act_out
  `,
  rework: `
    modify alter enhance augment infuse enrich supplement render convey append amend integrate translate
    substitute
  `,
  oddForm: `
    base64 cipher ciphers anagram anagrams emoji emojis substitution alphanumeric reverse reversed backwards
    jumble scramble misspell misspelled leetspeak pig_latin morse caesar
  `,
  steer: `
    modify alter enhance augment adjust tailor render convey append amend rewrite supplement infuse enrich
    integrate incorporate embed include insert add provide present deliver
  `,
  yourAnswer: `
    your_answer your_reply your_message your_response your_output your_summary your_explanation your_code
    your_algorithm your_implementation your_elucidation your_codebase your_solution your_writing
  `,
  snippet: `
    code_snippet code_section following_code following_snippet subsequent_code code_segment
  `,
  twoAnswers: `
    two_responses two_different two_separate two_ways two_answers different_separate_ways one_normal_and_one
    both_responses answer_me_normally normally_would_respond
  `,
  exfiltrate: `
    data_you_have_access every_single_email list_of_users your_database entire_database users_in_your_database
    contents_of_the_inbox all_the_data_you_have the_following_link forward_every
  `,
  decode: `decode decoded decrypt base64 base_64 hexadecimal rot13 rot_13 caesar_cipher ascii_codes morse interlace`,
  takeOver: `
    is_now_online has_taken_over took_over secret_agenda hijacked unrestricted_ai_bot
    previous_instructions_are_false instructions_are_false end_of_prompt end_of_instructions
    system_mode_activated
  `,
  harmless: harmlessRows.join(" "),
} as const;

/** A group of words. */
export type InjectionConcept = keyof typeof injectionWords;
