/** The words of an overridden instruction, in some 40 languages; written as those of `injection-words.ts`. */
export const overrideWords = {
  ignore: `
    ignore ignor* disregard* forget forgetting forgot override overrides overriding bypass* neglect abandon discard erase
    regardless_of do_not_follow don_t_follow dont_follow do_not_listen do_not_obey stop_following pay_no_attention
    ignorier* vergiss vergesst vergessen missacht* ubergeh* beachte_nicht
    ignorez oublie oubliez oublier negliger
    ignora ignoren olvida olvide olviden descarta omite
    esqueca esquece esqueca* desconsider* desconsidere
    dimentica dimenticare trascura
    negeer negeren vergeet
    zignoruj ignoruj zapomnij pomin
    игнорир* проигнорир* забудь забудьте
    ігноруй* проігноруй*
    zapomen* zapomente
    ignorera glom glomma bortse
    ignorer glem
    yoksay yok_say unut unutun gormezden dikkate_alma
    تجاهل انس انسي تجاهلي اهمل
    अनदेखा नजरअंदाज भूल उपेक्षा भूलकर
    abaikan lupakan
    bo_qua quen phot_lo
    ละเว้น เพิกเฉย ลืม ไม่ต้องสนใจ
    忽略 忽视 无视 忘记 忘掉 不要理会 無視 忘れ 忽略掉
    무시* 잊어* 잊고*
    set_aside cancel nullify superseded revoked not_obey no_longer_apply wipe
    halte_dich_nicht tiens_pas_compte hagas_caso
    αγνοησε αγνοηστε ξεχασε ξεχνα
    התעלם התעלמי תתעלם שכח תשכח
    ignorati uita uitati
    figyelmen_kivul felejtsd
    unohda
    игнорирай* забрави
    zanemari ignoriraj* zaboravi pozabi
    ignorujte zabudni
    نادیده فراموش_کن
    উপেক্ষা ভুলে
    புறக்கணி* மறந்து*
    puuza sahau
    huwag_pansinin kalimutan
    oblida
  `,
  prior: `
    previous previously prior above preceding earlier before foregoing initial original former past
    vorherig* vorig* obig* bisherig* fruher* vorangegangen* zuvor
    precedent* anterieur* ci_dessus
    anterior* previa* previo* precedente* arriba acima
    precedenti sopra
    vorige eerdere bovenstaande voorgaande
    poprzedni* wczesniejsz* powyzsz*
    предыдущ* прежн* предшеств* вышеуказан* выше
    попередн* вище
    predchozi* vyse
    tidigare foregaende ovanstaende
    tidligere forrige ovenstaende
    onceki yukaridaki
    السابقة السابق السابقه اعلاه السابقين
    पिछले पिछली उपरोक्त पूर्व पहले
    sebelumnya diatas terdahulu
    truoc truoc_do ben_tren
    ก่อนหน้า ด้านบน ข้างต้น
    以上 之前 先前 上述 前面 上面 上記 以前 これまで 前の
    이전* 위의* 앞의* 기존*
    vorher voorheen avant prima antes раньше
    προηγουμεν* παραπανω
    הקודמות הקודמים הקודמת
    anterioare precedente
    korabbi* elozo*
    aiemma* aikaisem* edellis*
    предишн*
    prethodn* prejsnj*
    predchadzajuc*
    قبلی قبل پیشین
    পূর্ববর্তী আগের
    முந்தைய
    awali yaliyotangulia
    nauna* nakaraan*
  `,
  rules: `
    instruction instructions instruction* directive* prompt prompts guidelines directions programming
    preprompt system_prompt system_message context_above
    anweisung* vorgaben instruktion*
    consigne* instruccion* indicacion*
    instruc* diretriz*
    istruzion* direttiv*
    instructies opdrachten
    instrukcj* polecen* wytyczn*
    инструкц* указан*
    інструкц* вказівк*
    pokyn* instrukc*
    anvisning*
    instrukser instruksjon*
    talimat* yonerge*
    التعليمات تعليمات الاوامر اوامر تعليماتك
    निर्देश* आदेश* हिदायत*
    instruksi perintah petunjuk
    huong_dan chi_dan
    คำสั่ง คำแนะนำ
    提示 指令 指示 要求 命令 プロンプト
    지시* 명령* 프롬프트*
    you_were_told you_ve_been_told you_have_been_told dir_gesagt gesagt_wurde foi_dito te_disseram тебе_говорили тебе_сказали
    te_dijeron te_han_dicho on_t_a_dit ti_e_stato_detto ti_hanno_detto je_verteld
    οδηγι* εντολ*
    הוראות ההוראות הנחיות ההנחיות
    instructiun*
    utasitas*
    ohjee* ohjei*
    upute uputa uputstva navodil*
    دستورالعمل* دستورات
    নির্দেশ*
    வழிமுறை* அறிவுறுத்தல*
    maagizo maelekezo
    tagubilin utos
    zasady_ktore
  `,
  ruleWords: `
    rule rules commands command orders policies policy constraints restrictions regeln befehl* regles ordres
    reglas ordenes regras ordens comandos regole comandi regels zasad* правил* команд* pravidl* regler ordrer
    kural* komut* القواعد नियम* aturan quy_tac lenh กฎ 规则 規則 ルール 규칙* zasadach kurallar* reguli* szabaly*
    saanno* pravila κανον* כללים הכללים regla regra reger
  `,
  yourRules: `
    your_rules your_constraints your_policies your_restrictions deine_regeln deiner_regeln tes_regles tus_reglas
    le_tue_regole suas_regras je_regels swoich_zasadach твои_правила свои_правила dina_regler dine_regler
    kurallarini 你的规则 あなたのルール
  `,
  all: `
    all every everything any alle alles toutes tout todas todo todos tutte tutti все усі wszystkie 所有 全部 すべて 全て
    모든* ολες ολους כל toate osszes kaikki всички sve vsa vsetky تمام همه সব অনৈত்து yote lahat totes jegliche
    jede alt tudo todo_lo alla все_что всё всі tüm tum semua ทั้งหมด جميع كل सभी
  `,
  your: `
    your you_were_given you_got you_have_been_given you_received you_have_received you_had deine deiner deinen
    ihre votre vos tes tus tu su seu suas seus tue tuoi je jouw uw twoje swoje твои свои ваши 你的 您的 あなたの 너의*
    당신의* ton ta dein deines ditt dina dine dit twoich swoich твоих своих kurallarini talimatlarini
  `,
} as const;
